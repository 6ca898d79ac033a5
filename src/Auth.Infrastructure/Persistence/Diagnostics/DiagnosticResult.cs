namespace Auth.Infrastructure.Persistence.Diagnostics;

/// <summary>What a check has found.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Subject">What was looked at.</param>
/// <param name="Text">What was found; never a secret.</param>
/// <param name="Remedy">How to mend it; null where nothing is to be mended.</param>
public sealed record DiagnosticResult(DiagnosticLevel Level, string Subject, string Text, string? Remedy)
{
    /// <summary>Nothing to mend.</summary>
    public static DiagnosticResult Ok(string subject, string text) =>
        new(DiagnosticLevel.Ok, subject, text, Remedy: null);

    /// <summary>The service works, and should be set up differently.</summary>
    public static DiagnosticResult Warning(string subject, string text, string remedy) =>
        new(DiagnosticLevel.Warning, subject, text, remedy);

    /// <summary>The service does not work, or not safely.</summary>
    public static DiagnosticResult Problem(string subject, string text, string remedy) =>
        new(DiagnosticLevel.Problem, subject, text, remedy);
}

/// <summary>How bad a finding is.</summary>
public enum DiagnosticLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>The service works, and should be set up differently.</summary>
    Warning,

    /// <summary>The service does not work, or not safely.</summary>
    Problem,
}
