namespace Auth.Infrastructure.Persistence.Diagnostics;

/// <summary>The result of a check.</summary>
/// <param name="Level">The severity.</param>
/// <param name="Subject">What was checked.</param>
/// <param name="Text">The result; never a secret.</param>
/// <param name="Remedy">The fix; null if there is nothing to fix.</param>
public sealed record DiagnosticResult(DiagnosticLevel Level, string Subject, string Text, string? Remedy)
{
    /// <summary>Creates a result without a problem.</summary>
    public static DiagnosticResult Ok(string subject, string text) =>
        new(DiagnosticLevel.Ok, subject, text, Remedy: null);

    /// <summary>Creates a result for a service that works but should be configured differently.</summary>
    public static DiagnosticResult Warning(string subject, string text, string remedy) =>
        new(DiagnosticLevel.Warning, subject, text, remedy);

    /// <summary>Creates a result for a service that does not work, or not safely.</summary>
    public static DiagnosticResult Problem(string subject, string text, string remedy) =>
        new(DiagnosticLevel.Problem, subject, text, remedy);
}

/// <summary>The severity of a result.</summary>
public enum DiagnosticLevel
{
    /// <summary>No problem.</summary>
    Ok,

    /// <summary>The service works but should be configured differently.</summary>
    Warning,

    /// <summary>The service does not work, or not safely.</summary>
    Problem,
}
