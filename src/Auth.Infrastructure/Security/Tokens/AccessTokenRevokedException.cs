using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>A genuine access token whose session has ended, or whose user has changed since it was issued.</summary>
/// <param name="reason">Why; one of <see cref="Auth.Domain.Revocations.RevocationReasons"/>.</param>
public sealed class AccessTokenRevokedException(string reason)
    : SecurityTokenValidationException($"The access token was revoked: {reason}.")
{
    /// <summary>Why; may be told to whoever shows the token.</summary>
    public string Reason { get; } = reason;
}
