using Auth.Infrastructure.Security.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>What an access token says that is genuine and has not expired.</summary>
public sealed class VerifiedAccessToken : SecurityToken
{
    internal VerifiedAccessToken(string issuer, TokenKey key, DateTimeOffset verifiedAt) =>
        (Issuer, Key, VerifiedAt) = (issuer, key, verifiedAt);

    /// <summary>Whose token it is (claim <c>sub</c>).</summary>
    public required Guid UserId { get; init; }

    /// <summary>The session it was issued for (claim <c>sid</c>).</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The token's own id (claim <c>jti</c>).</summary>
    public required string JwtId { get; init; }

    /// <summary>How new what it says is (claim <c>ver</c>, <see cref="Domain.Users.AccessVersion"/>).</summary>
    public required long TokenVersion { get; init; }

    /// <summary>The user's roles when it was issued (claim <c>roles</c>).</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The user's permissions when it was issued (claim <c>permissions</c>).</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>When it was issued (claim <c>iat</c>).</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>From when it no longer holds (claim <c>exp</c>, or earlier where lifetimes were shortened since).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the user last proved who they are (claim <c>auth_time</c>).</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>How they proved it (claim <c>amr</c>, RFC 8176).</summary>
    public required IReadOnlyList<string> AuthenticationMethods { get; init; }

    /// <summary>The key it was verified with.</summary>
    internal TokenKey Key { get; }

    /// <summary>When it was verified.</summary>
    internal DateTimeOffset VerifiedAt { get; }

    /// <inheritdoc/>
    public override string Id => JwtId;

    /// <inheritdoc/>
    public override string Issuer { get; }

    /// <summary>None: keys stay in the ring.</summary>
    public override SecurityKey? SecurityKey => null;

    /// <summary>None: keys stay in the ring.</summary>
    public override SecurityKey? SigningKey
    {
        get => null;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override DateTime ValidFrom => IssuedAt.UtcDateTime;

    /// <inheritdoc/>
    public override DateTime ValidTo => ExpiresAt.UtcDateTime;

    /// <inheritdoc/>
    public override string ToString() => nameof(VerifiedAccessToken);
}
