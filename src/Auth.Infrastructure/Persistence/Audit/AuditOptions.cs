namespace Auth.Infrastructure.Persistence.Audit;

/// <summary>How long the audit log is kept.</summary>
public sealed record AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Audit";

    /// <summary>The age at which records are removed.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(365);
}
