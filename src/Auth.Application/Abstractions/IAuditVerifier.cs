namespace Auth.Application.Abstractions;

/// <summary>Verifies that the audit log has not been changed.</summary>
public interface IAuditVerifier
{
    /// <summary>Verifies every record.</summary>
    /// <param name="checkpoint">The checkpoint of an earlier verification, kept outside the database; null for none.</param>
    Task<AuditVerification> VerifyAsync(string? checkpoint, CancellationToken cancellationToken);
}

/// <summary>The result of a verification.</summary>
/// <param name="Records">The number of records.</param>
/// <param name="Chains">The number of chains.</param>
/// <param name="Faults">The problems, one sentence each; empty if there are none.</param>
/// <param name="Checkpoint">The checkpoint for a later verification, to be kept outside the database.</param>
public sealed record AuditVerification(long Records, int Chains, IReadOnlyList<string> Faults, string Checkpoint);
