using System.Text.Json;
using Auth.Application.Factors;

namespace Auth.Api.Authentication;

/// <summary>The second factor of a sign-in: exactly one of a code, a recovery code and a passkey.</summary>
public sealed record SecondFactorRequest
{
    /// <summary>The <c>challenge</c> of the answer to the password.</summary>
    public string? Challenge { get; init; }

    /// <summary>A code of an authenticator app.</summary>
    public string? Code { get; init; }

    /// <summary>A recovery code.</summary>
    public string? RecoveryCode { get; init; }

    /// <summary>The <c>challengeToken</c> of the options that the passkey has answered.</summary>
    public string? ChallengeToken { get; init; }

    /// <summary>The answer of the passkey (AuthenticationResponseJSON).</summary>
    public JsonElement? Credential { get; init; }

    /// <summary>Where to deliver the refresh token: in an HttpOnly cookie (the default), or in the response body.</summary>
    [RefreshTokenPlace]
    public string? RefreshTokenIn { get; init; }

    /// <summary>
    /// The <c>deviceToken</c> that was sent with the password; an empty string requests the first one. Browsers keep it in a
    /// cookie.
    /// </summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(SecondFactorRequest);
}

/// <summary>A sign-in whose passkey is to be asked for.</summary>
public sealed record LoginPasskeyOptionsRequest
{
    /// <summary>The <c>challenge</c> of a sign-in whose password was right; absent for a sign-in without a password.</summary>
    public string? Challenge { get; init; }

    /// <summary>The <c>deviceToken</c> that was sent with the password. Browsers keep it in a cookie.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(LoginPasskeyOptionsRequest);
}

/// <summary>A sign-in with a passkey.</summary>
public sealed record LoginPasskeyRequest
{
    /// <summary>The <c>challengeToken</c> of the options that the passkey has answered.</summary>
    public string? ChallengeToken { get; init; }

    /// <summary>The answer of the passkey (AuthenticationResponseJSON).</summary>
    public JsonElement? Credential { get; init; }

    /// <summary>Where to deliver the refresh token: in an HttpOnly cookie (the default), or in the response body.</summary>
    [RefreshTokenPlace]
    public string? RefreshTokenIn { get; init; }

    /// <summary>The <c>deviceToken</c> of the previous sign-in; an empty string requests the first one. Browsers keep it in a cookie.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(LoginPasskeyRequest);
}

/// <summary>What a browser needs to create or use a passkey.</summary>
/// <param name="ChallengeToken">To send back with the answer.</param>
/// <param name="Options">The options of WebAuthn, as JSON.</param>
public sealed record PasskeyOptionsResponse(string ChallengeToken, JsonElement Options)
{
    internal static PasskeyOptionsResponse From(PasskeyRequest request) =>
        new(request.ChallengeToken, JsonElement.Parse(request.Options));

    /// <inheritdoc/>
    public override string ToString() => nameof(PasskeyOptionsResponse);
}
