namespace Auth.Domain.Audit;

/// <summary>How an audited event ended.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Success,

    /// <summary>It was refused.</summary>
    Failure,
}
