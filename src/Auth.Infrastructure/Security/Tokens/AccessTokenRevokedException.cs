using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>A genuine access token whose session has ended, or whose user or roles have changed since it was issued.</summary>
/// <param name="reason">The reason; one of <see cref="Auth.Domain.Revocations.RevocationReasons"/>.</param>
public sealed class AccessTokenRevokedException(string reason)
    : SecurityTokenValidationException($"The access token was revoked: {reason}.")
{
    /// <summary>The reason, which may be disclosed to the client.</summary>
    public string Reason { get; } = reason;
}
