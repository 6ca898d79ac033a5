using Auth.Application.Keys;
using Auth.Domain.Keys;

namespace Auth.Api.Keys;

/// <summary>A rotation of the signing key.</summary>
public sealed record RotateKeysRequest
{
    /// <summary>Whether the new key signs at once and all others are withdrawn, because one may be in wrong hands.</summary>
    public bool? Emergency { get; init; }
}

/// <summary>A signing key.</summary>
/// <param name="Id">The key id, as in the header of its tokens.</param>
/// <param name="Algorithm">The algorithm it is for.</param>
/// <param name="State"><c>announced</c>, <c>signing</c> or <c>retired</c>.</param>
/// <param name="CreatedAt">When it was made and published.</param>
/// <param name="ActivatesAt">From when it signs.</param>
/// <param name="RetiresAt">From when it no longer signs; null while it has no successor.</param>
/// <param name="RemovedAt">From when it no longer verifies; null while it has no successor.</param>
public sealed record KeyResponse(
    string Id,
    string Algorithm,
    string State,
    DateTimeOffset CreatedAt,
    DateTimeOffset ActivatesAt,
    DateTimeOffset? RetiresAt,
    DateTimeOffset? RemovedAt
)
{
    /// <summary>Shows a key.</summary>
    public static KeyResponse Of(SigningKeyDetails key) =>
        new(key.Id, key.Algorithm, NameOf(key.State), key.CreatedAt, key.ActivatesAt, key.RetiresAt, key.RemovedAt);

    private static string NameOf(SigningKeyState state) =>
        state switch
        {
            SigningKeyState.Announced => "announced",
            SigningKeyState.Signing => "signing",
            SigningKeyState.Retired => "retired",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
        };
}
