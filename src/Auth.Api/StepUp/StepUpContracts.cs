using System.Text.Json;
using Auth.Application.StepUp;
using Auth.Domain.Sessions;

namespace Auth.Api.StepUp;

/// <summary>Another authentication of a signed-in user.</summary>
public sealed record StepUpRequest
{
    /// <summary>The password.</summary>
    public string? Password { get; init; }

    /// <summary>A code of an authenticator app.</summary>
    public string? Code { get; init; }

    /// <summary>A recovery code.</summary>
    public string? RecoveryCode { get; init; }

    /// <summary>The <c>challengeToken</c> of the options that the passkey has answered.</summary>
    public string? ChallengeToken { get; init; }

    /// <summary>The answer of the passkey (AuthenticationResponseJSON).</summary>
    public JsonElement? Credential { get; init; }

    /// <summary>The <c>deviceToken</c> of the previous sign-in, if any. Browsers keep it in a cookie.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(StepUpRequest);
}

/// <summary>The new access token of the session.</summary>
/// <param name="AccessToken">The JWT to send as <c>Authorization: Bearer</c>.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">The lifetime of the access token in seconds.</param>
/// <param name="Acr">How strongly the user has authenticated: <c>pwd</c>, <c>mfa</c> or <c>phr</c>.</param>
/// <param name="AuthenticatedAt">When the user authenticated.</param>
public sealed record StepUpResponse(
    string AccessToken,
    string TokenType,
    int ExpiresIn,
    string Acr,
    DateTimeOffset AuthenticatedAt
)
{
    internal static StepUpResponse From(SteppedUp steppedUp) =>
        new(
            steppedUp.AccessToken.Value,
            "Bearer",
            (int)steppedUp.AccessToken.Lifetime.TotalSeconds,
            steppedUp.Context.Name(),
            steppedUp.AuthenticatedAt
        );

    /// <inheritdoc/>
    public override string ToString() => nameof(StepUpResponse);
}
