using System.Diagnostics.Metrics;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>The metrics of the <see cref="PasswordHashingQueue"/>.</summary>
internal sealed class PasswordHashingMetrics
{
    private const string Prefix = "auth.password_hashing";

    private readonly Histogram<double> _waitDuration;
    private readonly Counter<long> _rejections;

    public PasswordHashingMetrics(Meter meter, Func<int> countWaiting)
    {
        _waitDuration = meter.CreateHistogram<double>(
            $"{Prefix}.wait.duration",
            "s",
            "Time a password waits before it is hashed."
        );
        _rejections = meter.CreateCounter<long>(
            $"{Prefix}.turned_away",
            "{hash}",
            "Passwords rejected because the queue was full."
        );
        meter.CreateObservableUpDownCounter(
            $"{Prefix}.queue.length",
            countWaiting,
            "{hash}",
            "Passwords waiting for a worker."
        );
    }

    /// <summary>Records that a worker has started hashes.</summary>
    public void RecordWait(HashBatch batch)
    {
        foreach (var hash in batch.Hashes)
        {
            _waitDuration.Record(hash.WaitingTime.TotalSeconds);
        }
    }

    /// <summary>Counts a rejected password.</summary>
    public void CountRejection() => _rejections.Add(1);
}
