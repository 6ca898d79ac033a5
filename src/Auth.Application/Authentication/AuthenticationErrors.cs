using Auth.Domain.Common;

namespace Auth.Application.Authentication;

/// <summary>Why somebody cannot sign in.</summary>
public static class AuthenticationErrors
{
    /// <summary>The same for an unknown address, a wrong password, a disabled and a locked account.</summary>
    public static readonly Error InvalidCredentials = new(
        "INVALID_CREDENTIALS",
        "The e-mail address or the password is wrong.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The caller signed in too long ago for what they ask for (RFC 9470).</summary>
    public static readonly Error ReauthenticationRequired = new(
        "REAUTHENTICATION_REQUIRED",
        "This operation requires a recent sign-in. Sign in again, and repeat the request with the new access token.",
        ErrorKind.Unauthenticated
    );
}
