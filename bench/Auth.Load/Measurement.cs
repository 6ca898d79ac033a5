namespace Auth.Load;

/// <summary>What came of a workload.</summary>
/// <param name="Count">How many answers there were.</param>
/// <param name="Elapsed">How long all of it took.</param>
/// <param name="Latencies">How long the answers took.</param>
/// <param name="Errors">How many answers were none of success.</param>
/// <param name="FirstError">The first of these.</param>
internal sealed record Measurement(
    long Count,
    TimeSpan Elapsed,
    Latencies Latencies,
    long Errors = 0,
    string FirstError = ""
)
{
    /// <summary>Answers per second.</summary>
    public double Rate => Count / Elapsed.TotalSeconds;

    /// <summary>How much processor time of the server's an answer took.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>Ends the run if anything failed: its figures would mean nothing.</summary>
    public void RequireSuccess()
    {
        if (Errors > 0)
        {
            throw new InvalidOperationException($"{Errors} of {Count} requests failed: {FirstError}");
        }
    }
}
