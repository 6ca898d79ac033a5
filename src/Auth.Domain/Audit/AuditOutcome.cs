namespace Auth.Domain.Audit;

/// <summary>The outcome of an audited event.</summary>
public enum AuditOutcome
{
    /// <summary>It succeeded.</summary>
    Success,

    /// <summary>It was rejected.</summary>
    Failure,
}
