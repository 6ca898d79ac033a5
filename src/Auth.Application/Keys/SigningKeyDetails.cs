using Auth.Domain.Keys;

namespace Auth.Application.Keys;

/// <summary>A signing key, as administrators see it.</summary>
/// <param name="Id">The key id.</param>
/// <param name="Algorithm">The algorithm it is for.</param>
/// <param name="State">The part of its life it is in.</param>
/// <param name="CreatedAt">When it was made and announced.</param>
/// <param name="ActivatesAt">From when it signs.</param>
/// <param name="RetiresAt">From when it no longer signs; null while it has no successor.</param>
/// <param name="RemovedAt">From when it no longer verifies; null while it has no successor.</param>
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
    /// <summary>Shows a key in the state it is in.</summary>
    public static SigningKeyDetails From(SigningKey key, SigningKeyState state) =>
        new(key.Id, key.Algorithm, state, key.CreatedAt, key.ActivatesAt, key.RetiresAt, key.RemovedAt);
}
