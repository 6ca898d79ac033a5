namespace Auth.Domain.Keys;

/// <summary>The signing keys.</summary>
public interface ISigningKeyRepository
{
    /// <summary>Returns the keys that verify at an instant or later, oldest first, tracked for changes.</summary>
    Task<IReadOnlyList<SigningKey>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Returns the keys that were removed after an instant because they were revoked.</summary>
    Task<IReadOnlyList<SigningKey>> ListRevokedAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Adds a key.</summary>
    void Add(SigningKey key);
}
