using System.Diagnostics.Metrics;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>What is measured of the <see cref="PasswordHashingQueue"/>.</summary>
internal sealed class PasswordHashingMetrics
{
    private const string Prefix = "auth.password_hashing";

    private readonly Histogram<double> _waitDuration;
    private readonly Counter<long> _turnedAway;

    public PasswordHashingMetrics(Meter meter, Func<int> countWaiting)
    {
        _waitDuration = meter.CreateHistogram<double>(
            $"{Prefix}.wait.duration",
            "s",
            "How long a password waits until its hash is begun."
        );
        _turnedAway = meter.CreateCounter<long>(
            $"{Prefix}.turned_away",
            "{hash}",
            "Passwords that were turned away because the queue was full."
        );
        meter.CreateObservableUpDownCounter(
            $"{Prefix}.queue.length",
            countWaiting,
            "{hash}",
            "Passwords that wait for a worker."
        );
    }

    /// <summary>Records that a worker begins with a hash.</summary>
    public void Begun(QueuedHash hash) => _waitDuration.Record(hash.WaitingTime.TotalSeconds);

    /// <summary>Counts a password that was turned away.</summary>
    public void TurnedAway() => _turnedAway.Add(1);
}
