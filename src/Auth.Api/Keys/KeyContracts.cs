using Auth.Application.Keys;
using Auth.Domain.Keys;

namespace Auth.Api.Keys;

/// <summary>A rotation of the signing key.</summary>
public sealed record RotateKeysRequest
{
    /// <summary>Whether the new key signs immediately and all others are revoked, because one may have been compromised.</summary>
    public bool? Emergency { get; init; }
}

/// <summary>A signing key.</summary>
/// <param name="Id">The key id: <c>kid</c> in the header of its tokens.</param>
/// <param name="Algorithm">The algorithm that the key is used with.</param>
/// <param name="State"><c>announced</c>, <c>signing</c> or <c>retired</c>.</param>
/// <param name="CreatedAt">When the key was created and published.</param>
/// <param name="ActivatesAt">When the key starts to sign.</param>
/// <param name="RetiresAt">When the key stops signing; null while it has no successor.</param>
/// <param name="RemovedAt">When tokens that it signed stop being accepted; null while it has no successor.</param>
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
    /// <summary>Creates the response for a key.</summary>
    public static KeyResponse From(SigningKeyDetails key) =>
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
