namespace Auth.Domain.Factors;

/// <summary>Factors, recovery codes and answered challenges.</summary>
public interface IFactorRepository
{
    /// <summary>Lists the factors of a user, unconfirmed ones included, oldest first.</summary>
    Task<IReadOnlyList<Factor>> ListAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Finds a passkey by the SHA-256 of its credential id.</summary>
    Task<Factor?> FindPasskeyAsync(byte[] credentialIdHash, CancellationToken cancellationToken);

    /// <summary>Adds a factor.</summary>
    void Add(Factor factor);

    /// <summary>Removes a factor.</summary>
    void Remove(Factor factor);

    /// <summary>Lists the recovery codes of a user that are left.</summary>
    Task<IReadOnlyList<RecoveryCode>> ListRecoveryCodesAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Counts the recovery codes of a user that are left.</summary>
    Task<int> CountRecoveryCodesAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Finds a recovery code by its hash.</summary>
    Task<RecoveryCode?> FindRecoveryCodeAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Adds a recovery code.</summary>
    void Add(RecoveryCode code);

    /// <summary>Removes a recovery code. Of two that remove the same, the second loses the race.</summary>
    void Remove(RecoveryCode code);

    /// <summary>Whether a challenge has been answered.</summary>
    Task<bool> IsSpentAsync(Guid challengeId, CancellationToken cancellationToken);

    /// <summary>Records that a challenge has been answered. Of two that answer the same, the second loses the race.</summary>
    void Add(SpentChallenge challenge);
}
