using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Abstractions;

/// <summary>Signs access tokens.</summary>
public interface IAccessTokenIssuer
{
    /// <summary>Signs an access token for a session of a user, with the user's current roles and permissions.</summary>
    /// <exception cref="ServiceUnavailableException">There is no signing key yet.</exception>
    AccessToken Issue(User user, Session session, DateTimeOffset now);

    /// <summary>Signs an access token for a service.</summary>
    /// <param name="account">The account, whose roles the token contains.</param>
    /// <param name="token">The record of the token.</param>
    /// <param name="permissions">The permissions that the token contains.</param>
    /// <param name="now">The current time.</param>
    /// <exception cref="ServiceUnavailableException">There is no signing key yet.</exception>
    AccessToken Issue(
        ServiceAccount account,
        ServiceToken token,
        IReadOnlyList<string> permissions,
        DateTimeOffset now
    );
}

/// <summary>A signed access token.</summary>
/// <param name="Value">The JWT in compact form.</param>
/// <param name="Lifetime">The remaining lifetime, in whole seconds.</param>
public sealed record AccessToken(string Value, TimeSpan Lifetime) : SecretRecord;
