namespace Auth.Domain.Keys;

/// <summary>The signing keys.</summary>
public interface ISigningKeyRepository
{
    /// <summary>Returns the keys that verify at an instant or later, oldest first, tracked for changes.</summary>
    Task<IReadOnlyList<SigningKey>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Adds a key.</summary>
    void Add(SigningKey key);
}
