using Auth.Api.Authentication;

namespace Auth.Api.Flows;

/// <summary>The proofs that an address is the sender's.</summary>
public sealed record VerifyEmailRequest
{
    /// <summary>The secret of the link: what follows <c>#token=</c>. Instead of <c>code</c>.</summary>
    public string? Token { get; init; }

    /// <summary>The <c>flowToken</c> of the registration or of the last resend.</summary>
    public string? FlowToken { get; init; }

    /// <summary>The six digits of the mail. Instead of <c>token</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The password of the account, for a link that is opened where neither flow token nor access token is.</summary>
    public string? Password { get; init; }

    /// <summary>Where to deliver the refresh token: in an HttpOnly cookie (the default), or in the response body.</summary>
    [RefreshTokenPlace]
    public string? RefreshTokenIn { get; init; }

    /// <summary>
    /// The <c>deviceToken</c> of an earlier sign-in; an empty string requests one for later sign-ins. Browsers keep it in a
    /// cookie.
    /// </summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(VerifyEmailRequest);
}

/// <summary>The flow whose mail to send again.</summary>
public sealed record ResendRequest
{
    /// <summary>The <c>flowToken</c> of the flow. Without one, the caller's own address is verified.</summary>
    public string? FlowToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ResendRequest);
}

/// <summary>The account whose password was forgotten.</summary>
public sealed record ForgotPasswordRequest
{
    /// <summary>The e-mail address of the account.</summary>
    public string? Email { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ForgotPasswordRequest);
}

/// <summary>A new password, and the proof that the mailbox is the sender's: the link, or the flow token and the code.</summary>
public sealed record ResetPasswordRequest
{
    /// <summary>The secret of the link: what follows <c>#token=</c>. Instead of <c>flowToken</c> and <c>code</c>.</summary>
    public string? Token { get; init; }

    /// <summary>The <c>flowToken</c> of the request for the mail.</summary>
    public string? FlowToken { get; init; }

    /// <summary>The six digits of the mail.</summary>
    public string? Code { get; init; }

    /// <summary>The new password.</summary>
    public string? NewPassword { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ResetPasswordRequest);
}

/// <summary>Another e-mail address for the caller.</summary>
public sealed record ChangeEmailRequest
{
    /// <summary>The new address.</summary>
    public string? NewEmail { get; init; }

    /// <summary>The caller's password; omitted by users who have none.</summary>
    public string? Password { get; init; }

    /// <summary>The <c>deviceToken</c> of an earlier sign-in, if any. Browsers keep it in a cookie.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ChangeEmailRequest);
}

/// <summary>The proof that the new mailbox is the caller's: the link, or the flow token and the code.</summary>
public sealed record ConfirmEmailChangeRequest
{
    /// <summary>The secret of the link: what follows <c>#token=</c>. Instead of <c>flowToken</c> and <c>code</c>.</summary>
    public string? Token { get; init; }

    /// <summary>The <c>flowToken</c> of the request for the mail.</summary>
    public string? FlowToken { get; init; }

    /// <summary>The six digits of the mail.</summary>
    public string? Code { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ConfirmEmailChangeRequest);
}

/// <summary>The link that restores an earlier address.</summary>
public sealed record UndoEmailChangeRequest
{
    /// <summary>The secret of the link: what follows <c>#token=</c>.</summary>
    public string? Token { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(UndoEmailChangeRequest);
}

/// <summary>The first password of an invited user.</summary>
public sealed record AcceptInvitationRequest
{
    /// <summary>The secret of the link: what follows <c>#token=</c>.</summary>
    public string? Token { get; init; }

    /// <summary>The password: any Unicode text that is not easy to guess, used exactly as sent.</summary>
    public string? Password { get; init; }

    /// <summary>The display name; omitted to keep that of the invitation.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Where to deliver the refresh token: in an HttpOnly cookie (the default), or in the response body.</summary>
    [RefreshTokenPlace]
    public string? RefreshTokenIn { get; init; }

    /// <summary>An empty string requests a <c>deviceToken</c> for later sign-ins. Browsers keep it in a cookie.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(AcceptInvitationRequest);
}
