using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Auth.Domain.Common;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Problems;

/// <summary>Maps errors to HTTP: statuses, problem details and headers.</summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes the response. Headers and cookies that are already set remain.</summary>
    public static async Task WriteAsync(HttpContext context, Error error, int? status = null)
    {
        var problem = Describe(context, error, status ?? StatusOf(error));
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = ContentType;
        if (error.RetryAfter is { } wait)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (BearerChallenge.For(context, error, problem.Status) is { } challenge)
        {
            response.Headers[HeaderNames.WWWAuthenticate] = challenge;
        }

        if (problem.Status == StatusCodes.Status403Forbidden)
        {
            context.RequestServices.GetRequiredService<AccessDenials>().Record(context, error);
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            // Without the request's token: a disconnected client is not a failure, but would be logged as one.
            await response.WriteAsJsonAsync(problem, Json, ContentType);
        }
    }

    /// <summary>Returns the status of an error, unless the framework has decided it.</summary>
    public static int StatusOf(Error error) =>
        error.Code switch
        {
            // Failures that only the HTTP layer knows.
            "METHOD_NOT_ALLOWED" => StatusCodes.Status405MethodNotAllowed,
            "NOT_ACCEPTABLE" => StatusCodes.Status406NotAcceptable,
            "REQUEST_TIMEOUT" => StatusCodes.Status408RequestTimeout,
            "PAYLOAD_TOO_LARGE" => StatusCodes.Status413PayloadTooLarge,
            "UNSUPPORTED_MEDIA_TYPE" => StatusCodes.Status415UnsupportedMediaType,
            "INTERNAL_ERROR" => StatusCodes.Status500InternalServerError,
            _ => error.Kind switch
            {
                ErrorKind.Validation => StatusCodes.Status400BadRequest,
                ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
                ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
                ErrorKind.NotFound => StatusCodes.Status404NotFound,
                ErrorKind.Conflict => StatusCodes.Status409Conflict,
                ErrorKind.TooManyRequests => StatusCodes.Status429TooManyRequests,
                ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
                _ => throw new ArgumentOutOfRangeException(nameof(error), error.Kind, message: null),
            },
        };

    /// <summary>Creates the problem details of an error.</summary>
    public static ProblemResponse Describe(Error error, int status, string instance, string traceId) =>
        new()
        {
            Type = "urn:auth:" + error.Code.ToLowerInvariant().Replace('_', '-'),
            Title = error.Code[0] + error.Code[1..].ToLowerInvariant().Replace('_', ' '),
            Status = status,
            Detail = error.Message,
            Instance = instance,
            Code = error.Code,
            TraceId = traceId,
            Errors = error.Fields,
            Reason = error.Reason,
            Refresh = error.CanRefresh ? true : null,
            MaxAge = (long?)error.StepUp?.MaxAge.TotalSeconds,
            AcrValues = error.StepUp?.AcrValues,
            Challenge = error.SecondFactor?.Challenge,
            Methods = error.SecondFactor?.Methods,
            ExpiresAt = error.SecondFactor?.ExpiresAt.UtcDateTime,
        };

    private static ProblemResponse Describe(HttpContext context, Error error, int status) =>
        Describe(
            error,
            status,
            context.Request.PathBase.Add(context.Request.Path).ToUriComponent(),
            Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier
        );
}
