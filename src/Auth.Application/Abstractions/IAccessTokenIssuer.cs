using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Abstractions;

/// <summary>Signs access tokens.</summary>
public interface IAccessTokenIssuer
{
    /// <summary>Signs an access token for a session of a user, with the user's current roles and permissions.</summary>
    /// <exception cref="ServiceUnavailableException">There is no signing key yet.</exception>
    AccessToken Issue(User user, Session session, DateTimeOffset now);
}

/// <summary>A signed access token.</summary>
/// <param name="Value">The JWT in compact form.</param>
/// <param name="Lifetime">The remaining lifetime, in whole seconds.</param>
public sealed record AccessToken(string Value, TimeSpan Lifetime) : SecretRecord;
