namespace Auth.Domain.Common;

/// <summary>Errors shared by several aggregates.</summary>
public static class CommonErrors
{
    /// <summary>Another request changed the same data at the same time.</summary>
    public static readonly Error ConcurrentUpdate = new(
        "CONCURRENT_UPDATE",
        "The data was modified by another request at the same time. Reload it and try again.",
        ErrorKind.Conflict
    );

    /// <summary>The caller does not have permission.</summary>
    public static readonly Error Forbidden = new("FORBIDDEN", "You are not allowed to do this.", ErrorKind.Forbidden);

    /// <summary>No resource has this name or id.</summary>
    public static readonly Error NotFound = new("NOT_FOUND", "The resource was not found.", ErrorKind.NotFound);

    /// <summary>The same for a link, code or challenge that is wrong, used, expired, superseded or somebody else's.</summary>
    public static readonly Error InvalidOrExpiredToken = new(
        "INVALID_OR_EXPIRED_TOKEN",
        "The link, code or challenge is invalid or has expired. Request a new one.",
        ErrorKind.Validation
    );

    /// <summary>There were too many requests in a short time.</summary>
    public static readonly Error RateLimited = new(
        "RATE_LIMITED",
        "Too many requests. Try again later.",
        ErrorKind.TooManyRequests
    );

    /// <summary>A dependency of the service does not respond.</summary>
    public static readonly Error ServiceUnavailable = new(
        "SERVICE_UNAVAILABLE",
        "The service is temporarily unavailable. Try again shortly.",
        ErrorKind.Unavailable
    )
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };
}
