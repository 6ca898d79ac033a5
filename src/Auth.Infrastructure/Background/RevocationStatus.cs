namespace Auth.Infrastructure.Background;

/// <summary>Whether this instance knows the current revocations, or has not been able to read them for too long.</summary>
/// <param name="options">The limit.</param>
/// <param name="clock">Measures the time since the last read.</param>
public sealed class RevocationStatus(RevocationOptions options, TimeProvider clock)
{
    private long _refreshed = clock.GetTimestamp();
    private long _keysRefreshed = clock.GetTimestamp();

    /// <summary>
    /// Whether the last successful read of revocations or signing keys is too long ago. An access token that was revoked
    /// since, or whose key was removed, would still be accepted, so all of them are rejected.
    /// </summary>
    public bool IsStale => IsTooLongAgo(ref _refreshed) || IsTooLongAgo(ref _keysRefreshed);

    /// <summary>The time since the last successful read of revocations began.</summary>
    public TimeSpan TimeSinceRefresh => clock.GetElapsedTime(Interlocked.Read(ref _refreshed));

    /// <summary>The time since the last successful read of revocations, or of signing keys if that is longer ago.</summary>
    internal TimeSpan TimeSinceOldestRefresh =>
        clock.GetElapsedTime(Math.Min(Interlocked.Read(ref _refreshed), Interlocked.Read(ref _keysRefreshed)));

    /// <summary>Records a successful read of revocations.</summary>
    /// <param name="timestamp">When the read began, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    internal void MarkRefreshed(long timestamp) => Interlocked.Exchange(ref _refreshed, timestamp);

    /// <summary>Records a successful read of signing keys.</summary>
    /// <param name="timestamp">When the read began, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    internal void MarkKeysRefreshed(long timestamp) => Interlocked.Exchange(ref _keysRefreshed, timestamp);

    private bool IsTooLongAgo(ref long timestamp) =>
        clock.GetElapsedTime(Interlocked.Read(ref timestamp)) > options.MaxStaleness;
}
