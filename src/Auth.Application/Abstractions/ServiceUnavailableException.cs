namespace Auth.Application.Abstractions;

/// <summary>The service cannot do the work at the moment: a queue is full, or the database does not answer.</summary>
public sealed class ServiceUnavailableException(
    string message,
    TimeSpan retryAfter,
    string? reason = null,
    Exception? innerException = null
) : Exception(message, innerException)
{
    /// <summary>What the failed system says about it, for the log; null where nothing has failed.</summary>
    public string? Reason { get; } = reason;

    /// <summary>When the client may try again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
