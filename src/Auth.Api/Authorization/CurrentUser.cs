using System.Globalization;
using System.Security.Claims;
using Auth.Infrastructure.Security.Tokens;

namespace Auth.Api.Authorization;

/// <summary>Who sends the request, as the access token says.</summary>
internal sealed class CurrentUser(ClaimsPrincipal principal)
{
    /// <summary>The user.</summary>
    public Guid Id => Guid.Parse(Text(AccessTokenClaims.Subject));

    /// <summary>The session.</summary>
    public Guid SessionId => Guid.Parse(Text(AccessTokenClaims.SessionId));

    /// <summary>The names of the roles.</summary>
    public IReadOnlyList<string> Roles => Texts(AccessTokenClaims.Role);

    /// <summary>What the roles permit.</summary>
    public IReadOnlyList<string> Permissions => Texts(AccessTokenClaims.Permission);

    /// <summary>When the user last proved who they are.</summary>
    public DateTimeOffset AuthenticatedAt => Instant(AccessTokenClaims.AuthenticatedAt);

    /// <summary>From when the token no longer holds.</summary>
    public DateTimeOffset ExpiresAt => Instant(AccessTokenClaims.ExpiresAt);

    private string Text(string claim) =>
        principal.FindFirstValue(claim) ?? throw new InvalidOperationException($"The token has no claim {claim}.");

    private string[] Texts(string claim) => [.. principal.FindAll(claim).Select(found => found.Value)];

    private DateTimeOffset Instant(string claim) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(Text(claim), CultureInfo.InvariantCulture));
}
