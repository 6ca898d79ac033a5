using Auth.Domain.Keys;

namespace Auth.Application.Keys;

/// <summary>The read model of a signing key. The members are those of <see cref="SigningKey"/>.</summary>
public sealed record SigningKeyDetails(
    string Id,
    string Algorithm,
    SigningKeyState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset ActivatesAt,
    DateTimeOffset? RetiresAt,
    DateTimeOffset? RemovedAt
)
{
    /// <summary>Creates the read model of a key in a given state.</summary>
    public static SigningKeyDetails From(SigningKey key, SigningKeyState state) =>
        new(key.Id, key.Algorithm, state, key.CreatedAt, key.ActivatesAt, key.RetiresAt, key.RemovedAt);
}
