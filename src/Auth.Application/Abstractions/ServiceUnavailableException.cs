namespace Auth.Application.Abstractions;

/// <summary>The service is temporarily unavailable: a queue is full, or the database does not respond.</summary>
public sealed class ServiceUnavailableException(
    string message,
    TimeSpan retryAfter,
    string? reason = null,
    Exception? innerException = null
) : Exception(message, innerException)
{
    /// <summary>The message of the failed system, for the log; null if nothing has failed.</summary>
    public string? Reason { get; } = reason;

    /// <summary>When the client may retry.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
