namespace Auth.Domain.Lockout;

/// <summary>The failure counts. Every operation takes effect immediately and atomically, outside the unit of work.</summary>
public interface IFailureCountRepository
{
    /// <summary>Reads the existing counts for a list of keys.</summary>
    Task<IReadOnlyList<FailureCount>> ListAsync(IReadOnlyCollection<byte[]> keys, CancellationToken cancellationToken);

    /// <summary>Reads all counts of a user: of the account and of its devices.</summary>
    Task<IReadOnlyList<FailureCount>> ListOfUserAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Counts a failure; without an account if it is deleted at the same moment.</summary>
    /// <returns>How many there are now.</returns>
    Task<int> CountFailureAsync(byte[] key, Guid? userId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Counts a rejected guess.</summary>
    Task CountRefusalAsync(byte[] key, CancellationToken cancellationToken);

    /// <summary>Reserves the single attempt after a delay, counted as a failure in advance, unless another request has reserved it.</summary>
    /// <returns>Whether it was reserved.</returns>
    Task<bool> TryReserveAttemptAsync(FailureCount count, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes counts, because the password was right or the account was unlocked.</summary>
    Task RemoveAsync(IReadOnlyCollection<byte[]> keys, CancellationToken cancellationToken);
}
