using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// Validates access tokens for the framework's bearer authentication, as its only token handler. What counts is
/// configured with the service; the parameters the framework passes are not looked at.
/// </summary>
public sealed class AccessTokenHandler : TokenHandler
{
    private readonly AccessTokenVerifier _tokens;

    /// <summary>Makes a handler.</summary>
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
