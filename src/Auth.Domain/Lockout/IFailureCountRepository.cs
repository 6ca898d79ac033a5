namespace Auth.Domain.Lockout;

/// <summary>The failure counts. Everything here takes effect at once and atomically: they are counters, not state.</summary>
public interface IFailureCountRepository
{
    /// <summary>Reads those counts of a list of keys that exist.</summary>
    Task<IReadOnlyList<FailureCount>> ListAsync(IReadOnlyCollection<byte[]> keys, CancellationToken cancellationToken);

    /// <summary>Reads all counts of a user's account and devices.</summary>
    Task<IReadOnlyList<FailureCount>> ListOfUserAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Counts a failure; for no account where the account is deleted at the same moment.</summary>
    Task CountFailureAsync(byte[] key, Guid? userId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Counts a guess that was turned away.</summary>
    Task CountRefusalAsync(byte[] key, CancellationToken cancellationToken);

    /// <summary>Takes the one try after a waiting time, counted as a failure in advance, unless somebody else has.</summary>
    /// <returns>Whether it was taken.</returns>
    Task<bool> TryReserveAttemptAsync(FailureCount count, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets counts, because the password was right or somebody has lifted the block.</summary>
    Task RemoveAsync(IReadOnlyCollection<byte[]> keys, CancellationToken cancellationToken);
}
