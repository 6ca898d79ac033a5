namespace Auth.Domain.Lockout;

/// <summary>The failure counts. Everything here takes effect at once and atomically, outside of the unit of work.</summary>
public interface IFailureCountRepository
{
    /// <summary>Reads those counts of a list of keys that exist.</summary>
    Task<IReadOnlyList<FailureCount>> ListAsync(IReadOnlyCollection<byte[]> keys, CancellationToken cancellationToken);

    /// <summary>Reads all counts of a user's account and devices.</summary>
    Task<IReadOnlyList<FailureCount>> ListOfUserAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Counts a failure; for no account where the account is deleted at the same moment.</summary>
    Task CountFailureAsync(byte[] key, Guid? userId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Counts a rejected guess.</summary>
    Task CountRefusalAsync(byte[] key, CancellationToken cancellationToken);

    /// <summary>Reserves the single attempt after a delay, counted as a failure in advance, unless another request has.</summary>
    /// <returns>Whether it was reserved.</returns>
    Task<bool> TryReserveAttemptAsync(FailureCount count, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes counts, because the password was right or the account was unlocked.</summary>
    Task RemoveAsync(IReadOnlyCollection<byte[]> keys, CancellationToken cancellationToken);
}
