using Auth.Api.Authorization;
using Auth.Application.Mail;
using Auth.Domain.Sessions;

namespace Auth.Api.Authentication;

/// <summary>A registration.</summary>
public sealed record RegisterRequest
{
    /// <summary>The e-mail address to sign in with.</summary>
    public string? Email { get; init; }

    /// <summary>The password: any Unicode text that is not easy to guess, used exactly as sent.</summary>
    public string? Password { get; init; }

    /// <summary>The display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Where to deliver the refresh token: in an HttpOnly cookie (the default), or in the response body.</summary>
    [RefreshTokenPlace]
    public string? RefreshTokenIn { get; init; }

    /// <summary>An empty string requests a <c>deviceToken</c> for later sign-ins. Browsers keep it in a cookie.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(RegisterRequest);
}

/// <summary>A flow that was started. The same whether a mail is sent or not.</summary>
/// <param name="FlowToken">
/// Proves, together with the code or the link of the mail, that this client asked for it. Keep it until then.
/// </param>
/// <param name="ExpiresAt">When the code of the mail expires.</param>
public sealed record StartedFlowResponse(string FlowToken, DateTimeOffset ExpiresAt)
{
    /// <summary>Shows a flow.</summary>
    public static StartedFlowResponse From(StartedFlow flow) => new(flow.FlowToken, flow.ExpiresAt);

    /// <inheritdoc/>
    public override string ToString() => nameof(StartedFlowResponse);
}

/// <summary>A change of the password.</summary>
public sealed record ChangePasswordRequest
{
    /// <summary>The current password.</summary>
    public string? CurrentPassword { get; init; }

    /// <summary>The new password.</summary>
    public string? NewPassword { get; init; }

    /// <summary>The <c>deviceToken</c> of the previous sign-in, if any. Browsers keep it in a cookie.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ChangePasswordRequest);
}

/// <summary>The claims of the access token.</summary>
/// <param name="UserId">The signed-in user.</param>
/// <param name="SessionId">The id of the session.</param>
/// <param name="Roles">The names of the roles.</param>
/// <param name="Permissions">The permissions that the roles grant.</param>
/// <param name="AuthenticatedAt">When the user last authenticated; null for a service.</param>
/// <param name="Acr">How strongly: <c>pwd</c>, <c>mfa</c>, or <c>phr</c> for a passkey; null for a service.</param>
/// <param name="Amr">How (RFC 8176); empty for a service.</param>
/// <param name="ExpiresAt">When the access token expires.</param>
public sealed record MeResponse(
    Guid UserId,
    Guid SessionId,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    DateTimeOffset? AuthenticatedAt,
    string? Acr,
    IReadOnlyList<string> Amr,
    DateTimeOffset ExpiresAt
)
{
    internal static MeResponse From(CurrentUser user) =>
        new(
            user.Id,
            user.SessionId,
            user.Roles,
            user.Permissions,
            user.IsService ? null : user.AuthenticatedAt,
            user.IsService ? null : user.AuthenticationContext.Name(),
            user.AuthenticationMethods,
            user.ExpiresAt
        );
}
