namespace Auth.Domain.Mail;

/// <summary>What a mail says. The names are stored.</summary>
public enum MailTemplate
{
    /// <summary>Asks to confirm an address.</summary>
    VerifyEmail,

    /// <summary>Tells somebody who registers that they already have an account.</summary>
    AlreadyRegistered,

    /// <summary>Lets the user choose a new password.</summary>
    ResetPassword,

    /// <summary>Asks to confirm the new address of an account.</summary>
    ChangeEmail,

    /// <summary>Tells the old address of an account that it was replaced, with a link that restores it.</summary>
    EmailChanged,

    /// <summary>Tells the new address of an account that it is in use from now on.</summary>
    NewEmail,

    /// <summary>Invites a user to set a first password.</summary>
    Invitation,

    /// <summary>Notice: a sign-in from a device that was not known.</summary>
    NewDevice,

    /// <summary>Notice: the password was changed.</summary>
    PasswordChanged,

    /// <summary>Notice: a second factor was added.</summary>
    FactorAdded,

    /// <summary>Notice: a second factor was removed.</summary>
    FactorRemoved,

    /// <summary>Notice: a recovery code was used.</summary>
    RecoveryCodeUsed,

    /// <summary>Notice: all recovery codes were replaced.</summary>
    RecoveryCodesMade,

    /// <summary>Notice: somebody had the right password but not the second factor.</summary>
    SecondFactorFailed,

    /// <summary>Notice: the account was locked after failed sign-ins.</summary>
    AccountLocked,
}
