using System.Globalization;
using System.Security.Claims;
using Auth.Domain.Users;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// Validates access tokens for the framework's bearer authentication, as its only token handler. What counts is
/// configured with the service; the parameters the framework passes are not looked at.
/// </summary>
public sealed class AccessTokenHandler : TokenHandler
{
    private readonly AccessTokenReader _reader;
    private readonly RevokedTokens _revoked;
    private readonly TimeProvider _clock;

    internal AccessTokenHandler(AccessTokenReader reader, RevokedTokens revoked, TimeProvider clock)
    {
        _reader = reader;
        _revoked = revoked;
        _clock = clock;
        MaximumTokenSizeInBytes = AccessTokenReader.MaxLength;
    }

    /// <inheritdoc/>
    public override Task<TokenValidationResult> ValidateTokenAsync(
        string token,
        TokenValidationParameters validationParameters
    ) => Task.FromResult(Validate(token));

    private TokenValidationResult Validate(string token)
    {
        var (verified, fault) = _reader.Read(token, _clock.GetUtcNow());
        if (verified is null)
        {
            return Refuse(ToException(fault));
        }

        var reason = _revoked.FindReason(
            verified.SessionId,
            verified.UserId,
            AccessVersion.From(verified.TokenVersion),
            verified.Roles
        );
        return reason is null
            ? new()
            {
                IsValid = true,
                SecurityToken = verified,
                ClaimsIdentity = ToIdentity(verified),
            }
            : Refuse(new AccessTokenRevokedException(reason));
    }

    private static TokenValidationResult Refuse(Exception exception) =>
        new() { IsValid = false, Exception = exception };

    // For the log and the choice of the error code: none of it repeats anything from the token.
    private static Exception ToException(AccessTokenFault fault) =>
        fault switch
        {
            AccessTokenFault.Malformed => new SecurityTokenMalformedException("The access token is malformed."),
            AccessTokenFault.UnknownKey => new SecurityTokenSignatureKeyNotFoundException(
                "The access token is of no key in use."
            ),
            AccessTokenFault.WrongSignature => new SecurityTokenInvalidSignatureException(
                "The signature of the access token is wrong."
            ),
            AccessTokenFault.Expired => new SecurityTokenExpiredException("The access token has expired."),
            _ => new SecurityTokenValidationException("The claims of the access token are wrong."),
        };

    private static ClaimsIdentity ToIdentity(VerifiedAccessToken token)
    {
        var identity = new ClaimsIdentity("Bearer", AccessTokenClaims.Subject, AccessTokenClaims.Role);
        Add(AccessTokenClaims.Subject, token.UserId.ToString("D"));
        Add(AccessTokenClaims.SessionId, token.SessionId.ToString("D"));
        Add(AccessTokenClaims.JwtId, token.JwtId);
        AddNumber(AccessTokenClaims.TokenVersion, token.TokenVersion);
        AddNumber(AccessTokenClaims.AuthenticatedAt, token.AuthenticatedAt.ToUnixTimeSeconds());
        AddNumber(AccessTokenClaims.IssuedAt, token.IssuedAt.ToUnixTimeSeconds());
        AddNumber(AccessTokenClaims.ExpiresAt, token.ExpiresAt.ToUnixTimeSeconds());
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
