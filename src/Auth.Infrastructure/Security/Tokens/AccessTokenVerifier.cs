using System.Globalization;
using System.Security.Claims;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>Validates access tokens. Thread-safe.</summary>
public sealed class AccessTokenVerifier
{
    private readonly AccessTokenReader _reader;
    private readonly RevokedTokens _revoked;
    private readonly AccessTokenCache _verified;
    private readonly TimeProvider _clock;

    internal AccessTokenVerifier(
        AccessTokenReader reader,
        RevokedTokens revoked,
        AccessTokenCache verified,
        TimeProvider clock
    )
    {
        _reader = reader;
        _revoked = revoked;
        _verified = verified;
        _clock = clock;
    }

    /// <summary>Validates a token that was verified before, without verifying its signature again.</summary>
    /// <returns>
    /// The result; null if the token has to be verified. The result is shared by all requests with that token and must not be
    /// changed.
    /// </returns>
    public TokenValidationResult? TryGetCached(string token)
    {
        if (!_verified.TryFind(token, out var known))
        {
            return null;
        }

        if (_reader.IsStillValid(known.Token, _clock.GetUtcNow()) && FindRevocation(known.Token) is null)
        {
            return known.Result;
        }

        _verified.Remove(token);
        return null;
    }

    /// <summary>Validates a token.</summary>
    /// <returns>The result, with the claims or the error.</returns>
    public TokenValidationResult Verify(string token)
    {
        var (verified, fault) = _reader.Read(token, _clock.GetUtcNow());
        if (verified is null)
        {
            return Fail(ToException(fault));
        }

        if (FindRevocation(verified) is { } revocation)
        {
            // Services have no refresh tokens.
            var canRefresh = revocation.SessionContinues && !verified.IsService;
            return Fail(new AccessTokenRevokedException(revocation.Reason, canRefresh));
        }

        var result = new TokenValidationResult
        {
            IsValid = true,
            SecurityToken = verified,
            ClaimsIdentity = ToIdentity(verified),
        };
        _verified.Add(token, new(verified, result));
        return result;
    }

    private TokenRevocation? FindRevocation(VerifiedAccessToken token) =>
        _revoked.Find(token.SessionId, token.UserId, AccessVersion.From(token.TokenVersion), token.Roles);

    private static TokenValidationResult Fail(Exception exception) => new() { IsValid = false, Exception = exception };

    // For the log and the choice of the error code: the messages contain nothing from the token.
    private static Exception ToException(AccessTokenFault fault) =>
        fault switch
        {
            AccessTokenFault.Malformed => new SecurityTokenMalformedException("The access token is malformed."),
            AccessTokenFault.UnknownKey => new SecurityTokenSignatureKeyNotFoundException(
                "The access token was not signed with a current key."
            ),
            AccessTokenFault.InvalidSignature => new SecurityTokenInvalidSignatureException(
                "The signature of the access token is invalid."
            ),
            AccessTokenFault.Expired => new SecurityTokenExpiredException("The access token has expired."),
            _ => new SecurityTokenValidationException("The claims of the access token are invalid."),
        };

    private static ClaimsIdentity ToIdentity(VerifiedAccessToken token)
    {
        var identity = new ClaimsIdentity("Bearer", AccessTokenClaims.Subject, AccessTokenClaims.Role)
        {
            BootstrapContext = token,
        };
        Add(AccessTokenClaims.Subject, token.UserId.ToString("D"));
        if (token.IsService)
        {
            Add(AccessTokenClaims.ClientId, token.UserId.ToString("D"));
        }

        Add(AccessTokenClaims.SessionId, token.SessionId.ToString("D"));
        Add(AccessTokenClaims.JwtId, token.JwtId);
        AddNumber(AccessTokenClaims.TokenVersion, token.TokenVersion);
        if (token.AuthenticatedAt is { } authenticatedAt)
        {
            AddNumber(AccessTokenClaims.AuthenticatedAt, authenticatedAt.ToUnixTimeSeconds());
        }

        AddNumber(AccessTokenClaims.IssuedAt, token.IssuedAt.ToUnixTimeSeconds());
        AddNumber(AccessTokenClaims.ExpiresAt, token.ExpiresAt.ToUnixTimeSeconds());
        if (!token.IsService)
        {
            Add(AccessTokenClaims.AuthenticationContext, token.AuthenticationContext.Name());
        }

        AddAll(AccessTokenClaims.AuthenticationMethod, token.AuthenticationMethods);
        AddAll(AccessTokenClaims.Role, token.Roles);
        AddAll(AccessTokenClaims.Permission, token.Permissions);
        return identity;

        void Add(string type, string value, string valueType = ClaimValueTypes.String) =>
            identity.AddClaim(new(type, value, valueType, token.Issuer, token.Issuer, identity));

        void AddNumber(string type, long value) =>
            Add(type, value.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64);

        void AddAll(string type, IReadOnlyList<string> values)
        {
            foreach (var value in values)
            {
                Add(type, value);
            }
        }
    }
}
