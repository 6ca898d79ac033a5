namespace Auth.Application.Abstractions;

/// <summary>The service cannot do the work at the moment: a queue is full, or the database does not answer.</summary>
/// <param name="message">For the log.</param>
/// <param name="retryAfter">After which time a new try makes sense.</param>
/// <param name="reason">For the log, what another system says about it; null where nothing has failed.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class ServiceUnavailableException(
    string message,
    TimeSpan retryAfter,
    string? reason = null,
    Exception? innerException = null
) : Exception(message, innerException)
{
    /// <summary>What another system says about it; null where nothing has failed.</summary>
    public string? Reason { get; } = reason;

    /// <summary>After which time a new try makes sense.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
