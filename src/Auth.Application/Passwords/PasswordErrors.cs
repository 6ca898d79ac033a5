using Auth.Domain.Common;

namespace Auth.Application.Passwords;

/// <summary>Errors about passwords.</summary>
public static class PasswordErrors
{
    /// <summary>The same error for an unknown address, a wrong password, a disabled account and a locked account.</summary>
    public static readonly Error InvalidCredentials = new(
        "INVALID_CREDENTIALS",
        "The e-mail address or the password is wrong.",
        ErrorKind.Unauthenticated
    );
}
