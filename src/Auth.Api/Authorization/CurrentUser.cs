using System.Security.Claims;
using Auth.Domain.Sessions;
using Auth.Infrastructure.Security.Tokens;

namespace Auth.Api.Authorization;

/// <summary>The caller, according to the access token.</summary>
internal sealed class CurrentUser(ClaimsPrincipal principal)
{
    private readonly VerifiedAccessToken _token = principal.Identity
        is ClaimsIdentity { BootstrapContext: VerifiedAccessToken token }
        ? token
        : throw new InvalidOperationException("The request has no access token.");

    /// <summary>The id of the user or the service account.</summary>
    public Guid Id => _token.UserId;

    /// <summary>Whether the caller is a service account.</summary>
    public bool IsService => _token.IsService;

    /// <summary>The session's id.</summary>
    public Guid SessionId => _token.SessionId;

    /// <summary>The names of the user's roles.</summary>
    public IReadOnlyList<string> Roles => _token.Roles;

    /// <summary>The permissions that the roles grant.</summary>
    public IReadOnlyList<string> Permissions => _token.Permissions;

    /// <summary>When the user last authenticated.</summary>
    /// <exception cref="InvalidOperationException">The caller is a service.</exception>
    public DateTimeOffset AuthenticatedAt =>
        _token.AuthenticatedAt ?? throw new InvalidOperationException("Services do not sign in.");

    /// <summary>How strongly the user authenticated.</summary>
    public AuthenticationContext AuthenticationContext => _token.AuthenticationContext;

    /// <summary>How the user authenticated (RFC 8176).</summary>
    public IReadOnlyList<string> AuthenticationMethods => _token.AuthenticationMethods;

    /// <summary>When the token expires.</summary>
    public DateTimeOffset ExpiresAt => _token.ExpiresAt;
}
