namespace Auth.Domain.Keys;

/// <summary>The signing keys.</summary>
public interface ISigningKeyRepository
{
    /// <summary>The keys that verify at an instant or will later, oldest first, to be changed.</summary>
    Task<IReadOnlyList<SigningKey>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Adds a key.</summary>
    void Add(SigningKey key);
}
