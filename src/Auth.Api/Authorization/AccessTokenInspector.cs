using Auth.Application.Abstractions;
using Auth.Domain.Users;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Tokens;

namespace Auth.Api.Authorization;

/// <summary>Validates access tokens as bearer authentication does.</summary>
internal sealed class AccessTokenInspector(AccessTokenVerifier tokens, RevocationStatus revocations, JwtOptions options)
    : IAccessTokenInspector
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    public InspectedToken? Inspect(string token)
    {
        if ((tokens.TryGetCached(token) ?? tokens.Verify(token)).SecurityToken is not VerifiedAccessToken verified)
        {
            return null;
        }

        return revocations.IsStale
            ? throw new ServiceUnavailableException("Revocations have not been read for too long.", s_retryAfter)
            : new(
                verified.UserId,
                verified.IsService,
                verified.SessionId,
                verified.JwtId,
                AccessVersion.From(verified.TokenVersion),
                verified.Issuer,
                options.Audience,
                verified.Roles,
                verified.Permissions,
                verified.IssuedAt,
                verified.ExpiresAt
            );
    }
}
