namespace Auth.Domain.Common;

/// <summary>Errors that several aggregates share.</summary>
public static class CommonErrors
{
    /// <summary>Somebody else changed the same data at the same time.</summary>
    public static readonly Error ConcurrentUpdate = new(
        "CONCURRENT_UPDATE",
        "The data was modified by another request at the same time. Reload it and try again.",
        ErrorKind.Conflict
    );

    /// <summary>The caller may not do this.</summary>
    public static readonly Error Forbidden = new("FORBIDDEN", "You are not allowed to do this.", ErrorKind.Forbidden);

    /// <summary>There is no resource with this name or id.</summary>
    public static readonly Error NotFound = new("NOT_FOUND", "The resource was not found.", ErrorKind.NotFound);

    /// <summary>Too many requests in too short a time.</summary>
    public static readonly Error RateLimited = new(
        "RATE_LIMITED",
        "Too many requests. Try again later.",
        ErrorKind.TooManyRequests
    );

    /// <summary>Something that the service depends on does not answer.</summary>
    public static readonly Error ServiceUnavailable = new(
        "SERVICE_UNAVAILABLE",
        "The service is temporarily unavailable. Try again shortly.",
        ErrorKind.Unavailable
    )
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };
}
