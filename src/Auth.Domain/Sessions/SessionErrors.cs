using Auth.Domain.Common;

namespace Auth.Domain.Sessions;

/// <summary>Errors about sessions.</summary>
public static class SessionErrors
{
    /// <summary>There is no token, or it is unknown, expired or revoked.</summary>
    public static readonly Error InvalidRefreshToken = new(
        "INVALID_REFRESH_TOKEN",
        "The refresh token is invalid or has expired. Sign in again.",
        ErrorKind.Unauthenticated
    );

    /// <summary>A token was used again after its rotation: it may have been stolen.</summary>
    public static readonly Error TokenReuseDetected = new(
        "TOKEN_REUSE_DETECTED",
        "The refresh token has already been used. Its session has been ended; sign in again.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The caller's last authentication is too old or too weak for the operation (RFC 9470).</summary>
    public static readonly Error StepUpRequired = new(
        "STEP_UP_REQUIRED",
        "This operation requires a recent authentication; see `maxAge` and `acrValues`. Authenticate with"
            + " POST /api/auth/step-up, and repeat the request with the new access token.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The token is genuine, and its session has ended for a reason.</summary>
    public static Error Ended(string reason) => InvalidRefreshToken with { Reason = reason };
}
