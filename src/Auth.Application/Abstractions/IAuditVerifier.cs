namespace Auth.Application.Abstractions;

/// <summary>Verifies that the audit log has not been changed.</summary>
public interface IAuditVerifier
{
    /// <summary>Verifies every record.</summary>
    /// <param name="checkpoint">The checkpoint of an earlier verification, kept somewhere else; null for none.</param>
    /// <param name="cancellationToken">Stops the verification.</param>
    Task<AuditVerification> VerifyAsync(string? checkpoint, CancellationToken cancellationToken);
}

/// <summary>The result of a verification.</summary>
/// <param name="Records">How many records there are.</param>
/// <param name="Chains">In how many chains.</param>
/// <param name="Faults">What is wrong, a sentence each; empty if nothing is.</param>
/// <param name="Checkpoint">To be kept somewhere else and given to a later verification.</param>
public sealed record AuditVerification(long Records, int Chains, IReadOnlyList<string> Faults, string Checkpoint);
