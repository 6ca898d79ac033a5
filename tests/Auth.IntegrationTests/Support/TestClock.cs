namespace Auth.IntegrationTests.Support;

/// <summary>The service's clock in tests: it runs like the real one and can be advanced.</summary>
/// <remarks>No <c>FakeTimeProvider</c>: its timers stand still, and the background work of a running service would never run.</remarks>
public sealed class TestClock : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _offset, time.Ticks);
}
