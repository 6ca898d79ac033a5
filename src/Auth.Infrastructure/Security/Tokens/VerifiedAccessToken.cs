using Auth.Domain.Sessions;
using Auth.Infrastructure.Security.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>The claims of a genuine access token that has not expired.</summary>
public sealed class VerifiedAccessToken : SecurityToken
{
    internal VerifiedAccessToken(string issuer, TokenKey key, DateTimeOffset verifiedAt) =>
        (Issuer, Key, VerifiedAt) = (issuer, key, verifiedAt);

    /// <summary>The user, or the service account (claim <c>sub</c>).</summary>
    public required Guid UserId { get; init; }

    /// <summary>Whether it belongs to a service account (claim <c>client_id</c>).</summary>
    public required bool IsService { get; init; }

    /// <summary>The session (claim <c>sid</c>).</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The token's id (claim <c>jti</c>).</summary>
    public required string JwtId { get; init; }

    /// <summary>The version of user and roles (claim <c>ver</c>, <see cref="Domain.Users.AccessVersion"/>).</summary>
    public required long TokenVersion { get; init; }

    /// <summary>The user's roles when it was issued (claim <c>roles</c>).</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The user's permissions when it was issued (claim <c>permissions</c>).</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>When it was issued (claim <c>iat</c>).</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it expires (claim <c>exp</c>, or earlier if the lifetime has been shortened since).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the user last authenticated (claim <c>auth_time</c>); null for a service.</summary>
    public required DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The authentication methods (claim <c>amr</c>, RFC 8176); none for a service.</summary>
    public required IReadOnlyList<string> AuthenticationMethods { get; init; }

    /// <summary>How strongly the user authenticated (claim <c>acr</c>, which follows from <c>amr</c>).</summary>
    public AuthenticationContext AuthenticationContext => AuthenticationContexts.From(AuthenticationMethods);

    /// <summary>The key it was verified with.</summary>
    internal TokenKey Key { get; }

    /// <summary>When it was verified.</summary>
    internal DateTimeOffset VerifiedAt { get; }

    /// <inheritdoc/>
    public override string Id => JwtId;

    /// <inheritdoc/>
    public override string Issuer { get; }

    /// <summary>Always null: keys stay in the key ring.</summary>
    public override SecurityKey? SecurityKey => null;

    /// <summary>Always null: keys stay in the key ring.</summary>
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
