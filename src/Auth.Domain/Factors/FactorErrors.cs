using Auth.Domain.Common;

namespace Auth.Domain.Factors;

/// <summary>Errors about second factors.</summary>
public static class FactorErrors
{
    /// <summary>The password is right, and a second factor is enrolled.</summary>
    public static readonly Error SecondFactorRequired = new(
        "SECOND_FACTOR_REQUIRED",
        "A second factor is required. Send it with `challenge` to POST /api/auth/login/second-factor.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The same for a wrong, a replayed and a throttled second factor.</summary>
    public static readonly Error InvalidCode = new(
        "INVALID_CODE",
        "The second factor is wrong or has been used already.",
        ErrorKind.Unauthenticated
    );

    /// <summary>The user has as many factors of this kind as they may have.</summary>
    public static readonly Error LimitReached = new(
        "FACTOR_LIMIT_REACHED",
        "The maximum number of factors of this kind is enrolled. Remove one first.",
        ErrorKind.Conflict
    );
}
