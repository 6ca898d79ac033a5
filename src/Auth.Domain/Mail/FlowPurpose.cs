namespace Auth.Domain.Mail;

/// <summary>What a flow proves that somebody reads a mailbox for. The numbers are part of tokens.</summary>
public enum FlowPurpose
{
    /// <summary>To create the account that a pending registration asks for.</summary>
    Registration = 1,

    /// <summary>To confirm the address of a user.</summary>
    EmailVerification = 2,

    /// <summary>To set a new password.</summary>
    PasswordReset = 3,

    /// <summary>To replace a user's address with another one.</summary>
    EmailChange = 4,

    /// <summary>To restore the address from before a change.</summary>
    EmailChangeUndo = 5,

    /// <summary>To set the first password of an invited user.</summary>
    Invitation = 6,
}
