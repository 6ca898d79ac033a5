using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Microsoft.AspNetCore.Diagnostics;

namespace Auth.Api.Problems;

/// <summary>Answers requests that ended in an exception, and logs the details that the client does not see.</summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        var (error, status) = Find(exception);
        await Problem.WriteAsync(httpContext, error, status);
        return true;
    }

    private (Error Error, int? Status) Find(Exception exception)
    {
        switch (exception)
        {
            case ServiceUnavailableException unavailable:
                if (unavailable.Reason is { } reason)
                {
                    // The driver's message without a stack trace: during an outage every request ends here.
                    LogUnavailable(logger, unavailable.Message, reason);
                }
                else
                {
                    // Rejected on purpose, perhaps thousands of times: a flood must not flood the log as well.
                    LogRejected(logger, unavailable.Message);
                }

                return (unavailable.ToError(), null);

            // Thrown by Kestrel for a request that is too large, too slow or malformed.
            case BadHttpRequestException request:
                return (RequestErrors.OfStatus(request.StatusCode), request.StatusCode);

            default:
                LogUnexpected(logger, exception);
                return (RequestErrors.InternalError, null);
        }
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Warning,
        Message = "A request could not be served: {Problem} {Reason}"
    )]
    private static partial void LogUnavailable(ILogger logger, string problem, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Debug, Message = "A request was rejected: {Problem}")]
    private static partial void LogRejected(ILogger logger, string problem);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "A request failed with an unexpected exception.")]
    private static partial void LogUnexpected(ILogger logger, Exception exception);
}

/// <summary>Maps the exception to an error of the contract.</summary>
internal static class ServiceUnavailableProblem
{
    public static Error ToError(this ServiceUnavailableException exception) =>
        CommonErrors.ServiceUnavailable with
        {
            RetryAfter = exception.RetryAfter,
        };
}
