using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// Validates access tokens for ASP.NET Core's bearer authentication, as its only token handler. The options of the service
/// apply; the validation parameters of the framework are ignored.
/// </summary>
public sealed class AccessTokenHandler : TokenHandler
{
    private readonly AccessTokenVerifier _tokens;

    /// <summary>Creates a handler.</summary>
    public AccessTokenHandler(AccessTokenVerifier tokens)
    {
        _tokens = tokens;
        MaximumTokenSizeInBytes = AccessTokenReader.MaxLength;
    }

    /// <inheritdoc/>
    public override Task<TokenValidationResult> ValidateTokenAsync(
        string token,
        TokenValidationParameters validationParameters
    ) => Task.FromResult(_tokens.Verify(token));
}
