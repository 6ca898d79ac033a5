using System.Security.Claims;
using Auth.Infrastructure.Security.Tokens;

namespace Auth.Api.Authorization;

/// <summary>Who sends the request, as the access token says.</summary>
internal sealed class CurrentUser(ClaimsPrincipal principal)
{
    private readonly VerifiedAccessToken _token = principal.Identity
        is ClaimsIdentity { BootstrapContext: VerifiedAccessToken token }
        ? token
        : throw new InvalidOperationException("The request has no access token.");

    /// <summary>The user.</summary>
    public Guid Id => _token.UserId;

    /// <summary>The session.</summary>
    public Guid SessionId => _token.SessionId;

    /// <summary>The names of the roles.</summary>
    public IReadOnlyList<string> Roles => _token.Roles;

    /// <summary>What the roles permit.</summary>
    public IReadOnlyList<string> Permissions => _token.Permissions;

    /// <summary>When the user last proved who they are.</summary>
    public DateTimeOffset AuthenticatedAt => _token.AuthenticatedAt;

    /// <summary>From when the token no longer holds.</summary>
    public DateTimeOffset ExpiresAt => _token.ExpiresAt;
}
