namespace Auth.Load;

/// <summary>The result of a workload.</summary>
/// <param name="Count">The number of responses.</param>
/// <param name="Elapsed">The total time.</param>
/// <param name="Latencies">The latencies of the responses.</param>
/// <param name="Errors">The number of unsuccessful responses.</param>
/// <param name="FirstError">The first unsuccessful response.</param>
internal sealed record Measurement(
    long Count,
    TimeSpan Elapsed,
    Latencies Latencies,
    long Errors = 0,
    string FirstError = ""
)
{
    /// <summary>Responses per second.</summary>
    public double Rate => Count / Elapsed.TotalSeconds;

    /// <summary>The server's processor time per response.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>Stops the run if anything failed, because its figures would be meaningless.</summary>
    public void RequireSuccess()
    {
        if (Errors > 0)
        {
            throw new InvalidOperationException($"{Errors} of {Count} requests failed: {FirstError}");
        }
    }
}
