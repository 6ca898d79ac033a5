using Microsoft.IdentityModel.Tokens;

namespace Auth.Bearer;

/// <summary>Validates access tokens for ASP.NET Core's bearer authentication, as its only token handler.</summary>
internal sealed class AccessTokenHandler(
    AccessTokenReader tokens,
    RevocationStore revocations,
    AuthBearerOptions options
) : TokenHandler
{
    /// <inheritdoc/>
    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token,
        TokenValidationParameters validationParameters
    )
    {
        try
        {
            var accessToken = await tokens.ReadAsync(token);
            if (revocations.Find(accessToken) is { } revocation)
            {
                return Fail(new(revocation));
            }

            if (revocations.IsStale && options.OnStale == StaleBehavior.Reject)
            {
                return Fail(new(BearerError.Unavailable));
            }

            return new()
            {
                IsValid = true,
                SecurityToken = accessToken,
                ClaimsIdentity = accessToken.ToIdentity(options.Authority),
            };
        }
        catch (BearerException failure)
        {
            return Fail(failure);
        }
    }

    private static TokenValidationResult Fail(BearerException failure) =>
        new() { IsValid = false, Exception = failure };
}
