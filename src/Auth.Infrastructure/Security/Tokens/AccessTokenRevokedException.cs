using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>A genuine access token whose session has ended, or whose user or roles have changed since it was issued.</summary>
/// <param name="reason">The reason; one of <see cref="Auth.Domain.Revocations.RevocationReasons"/>.</param>
/// <param name="sessionContinues">Whether the session goes on.</param>
public sealed class AccessTokenRevokedException(string reason, bool sessionContinues)
    : SecurityTokenValidationException($"The access token was revoked: {reason}.")
{
    /// <summary>The reason, which may be disclosed to the client.</summary>
    public string Reason { get; } = reason;

    /// <summary>Whether the session goes on: a refresh returns a valid token.</summary>
    public bool SessionContinues { get; } = sessionContinues;
}
