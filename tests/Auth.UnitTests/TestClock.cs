namespace Auth.UnitTests;

/// <summary>A clock that stands still until it is set or put forward.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    private long _elapsed;

    /// <summary>What it shows. Setting it is a step of the clock: no time passes.</summary>
    public DateTimeOffset Now { get; set; } = now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => _elapsed;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time)
    {
        Now += time;
        _elapsed += time.Ticks;
    }
}
