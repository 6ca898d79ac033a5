using Auth.Domain.Common;

namespace Auth.Domain.Users;

/// <summary>Errors about users.</summary>
public static class UserErrors
{
    /// <summary>Another account has this e-mail address.</summary>
    public static readonly Error EmailAlreadyRegistered = new(
        "EMAIL_ALREADY_REGISTERED",
        "An account with this e-mail address already exists.",
        ErrorKind.Conflict
    );

    /// <summary>Without this user, there would be no active administrator.</summary>
    public static readonly Error LastAdministrator = new(
        "LAST_ADMINISTRATOR",
        "This is the last active administrator. Make another user an administrator first.",
        ErrorKind.Conflict
    );
}
