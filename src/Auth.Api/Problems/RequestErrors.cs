using Auth.Domain.Common;

namespace Auth.Api.Problems;

/// <summary>The errors of requests that do not reach a use case.</summary>
public static class RequestErrors
{
    /// <summary>The body is not the expected JSON.</summary>
    public static readonly Error MalformedRequest = new(
        "MALFORMED_REQUEST",
        "The request cannot be read. The body must be a single JSON object whose values have the expected types.",
        ErrorKind.Validation
    );

    /// <summary>A page of another origin sent the cookie.</summary>
    public static readonly Error CrossSiteRequest = new(
        "CROSS_SITE_REQUEST",
        "The refresh token cookie is not accepted from pages of other origins.",
        ErrorKind.Forbidden
    );

    /// <summary>A page of another site requested the refresh token as a cookie, which its browser would discard.</summary>
    public static readonly Error CookieFromAnotherSite = CrossSiteRequest with
    {
        Message =
            "Browsers discard this cookie when the page is on another site. Serve the page from the same site as this service, "
            + "or set refreshTokenIn to \"body\".",
    };

    /// <summary>The route exists, but not for this method.</summary>
    public static readonly Error MethodNotAllowed = new(
        "METHOD_NOT_ALLOWED",
        "This method is not allowed here; see the Allow header.",
        ErrorKind.Validation
    );

    /// <summary>The service cannot produce any type that the client accepts.</summary>
    public static readonly Error NotAcceptable = new(
        "NOT_ACCEPTABLE",
        "None of the media types in the Accept header is supported.",
        ErrorKind.Validation
    );

    /// <summary>The body did not arrive in time.</summary>
    public static readonly Error RequestTimeout = new(
        "REQUEST_TIMEOUT",
        "The request took too long to arrive.",
        ErrorKind.Validation
    );

    /// <summary>The body is too long.</summary>
    public static readonly Error PayloadTooLarge = new(
        "PAYLOAD_TOO_LARGE",
        "The request body is larger than 10 KiB.",
        ErrorKind.Validation
    );

    /// <summary>The body has another media type.</summary>
    public static readonly Error UnsupportedMediaType = new(
        "UNSUPPORTED_MEDIA_TYPE",
        "The request body must be application/json in UTF-8, or a form on the routes of OAuth 2.0.",
        ErrorKind.Validation
    );

    /// <summary>A defect of the service.</summary>
    public static readonly Error InternalError = new(
        "INTERNAL_ERROR",
        "An unexpected error occurred. If it persists, report it with the traceId.",
        ErrorKind.Unavailable
    );

    /// <summary>Returns the error for a status that the framework has set.</summary>
    public static Error OfStatus(int status) =>
        status switch
        {
            StatusCodes.Status403Forbidden => CommonErrors.Forbidden,
            StatusCodes.Status404NotFound => CommonErrors.NotFound,
            StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
            StatusCodes.Status406NotAcceptable => NotAcceptable,
            StatusCodes.Status408RequestTimeout => RequestTimeout,
            StatusCodes.Status413PayloadTooLarge => PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
            StatusCodes.Status429TooManyRequests => CommonErrors.RateLimited,
            StatusCodes.Status503ServiceUnavailable => CommonErrors.ServiceUnavailable,
            < StatusCodes.Status500InternalServerError => MalformedRequest,
            _ => InternalError,
        };
}
