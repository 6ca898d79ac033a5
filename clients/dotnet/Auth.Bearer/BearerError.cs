namespace Auth.Bearer;

/// <summary>An answer to a request that is refused, as the issuer itself gives it.</summary>
internal sealed record BearerError(string Code, int Status, string Detail, string? Challenge = null)
{
    public static readonly BearerError MissingToken = new(
        "MISSING_TOKEN",
        401,
        "An access token is required. Send it in the Authorization header with the scheme Bearer.",
        "Bearer"
    );

    public static readonly BearerError InvalidFormat = new(
        "INVALID_FORMAT",
        401,
        "The Authorization header must have the form Bearer <token>.",
        "Bearer error=\"invalid_token\""
    );

    public static readonly BearerError TokenExpired = new(
        "TOKEN_EXPIRED",
        401,
        "The access token has expired. Refresh it.",
        "Bearer error=\"invalid_token\""
    );

    public static readonly BearerError InvalidToken = new(
        "INVALID_TOKEN",
        401,
        "The access token is invalid.",
        "Bearer error=\"invalid_token\""
    );

    public static readonly BearerError Forbidden = new(
        "FORBIDDEN",
        403,
        "You are not allowed to do this.",
        "Bearer error=\"insufficient_scope\""
    );

    public static readonly BearerError Unavailable = new(
        "SERVICE_UNAVAILABLE",
        503,
        "The service is temporarily unavailable. Try again shortly."
    );

    /// <summary>Why the token was revoked; null if that is not known.</summary>
    public string? Reason { get; init; }

    /// <summary>True if refreshing helps, because the session may go on.</summary>
    public bool? Refresh { get; init; }

    /// <summary>How long ago the last authentication may be, in seconds.</summary>
    public long? MaxAge { get; init; }

    /// <summary>The weakest authentication that is accepted.</summary>
    public string? AcrValues { get; init; }

    public static BearerError Revoked(string? reason, bool refresh) =>
        new(
            "TOKEN_REVOKED",
            401,
            reason is null ? "The access token has been revoked." : "The access token has been revoked; see `reason`.",
            "Bearer error=\"invalid_token\""
        )
        {
            Reason = reason,
            Refresh = refresh ? true : null,
        };

    public static BearerError StepUp(long maxAge, string acr) =>
        new(
            "STEP_UP_REQUIRED",
            401,
            "This operation requires a recent authentication; see `maxAge` and `acrValues`. Authenticate again, and repeat the "
                + "request with the new access token.",
            $"Bearer error=\"insufficient_user_authentication\", max_age=\"{maxAge}\", acr_values=\"{acr}\""
        )
        {
            MaxAge = maxAge,
            AcrValues = acr,
        };
}

/// <summary>A token that is not accepted.</summary>
internal sealed class BearerException(BearerError error) : Exception(error.Code)
{
    public BearerError Error { get; } = error;
}
