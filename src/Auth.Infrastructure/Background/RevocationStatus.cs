namespace Auth.Infrastructure.Background;

/// <summary>Whether this instance knows what was revoked, or has been cut off for too long.</summary>
/// <param name="options">How long is too long.</param>
/// <param name="clock">The clock.</param>
public sealed class RevocationStatus(RevocationOptions options, TimeProvider clock)
{
    private long _refreshed = clock.GetTimestamp();
    private long _keysRefreshed = clock.GetTimestamp();

    /// <summary>
    /// Whether the last successful look at the revocations, or at the signing keys, is too long ago: an access token that
    /// was revoked since, or whose key was withdrawn, would still be accepted, so none is.
    /// </summary>
    public bool IsStale => IsTooLongAgo(ref _refreshed) || IsTooLongAgo(ref _keysRefreshed);

    /// <summary>How long ago the last successful look at the revocations began.</summary>
    public TimeSpan Lag => clock.GetElapsedTime(Interlocked.Read(ref _refreshed));

    /// <summary>Notes a successful look at the revocations.</summary>
    /// <param name="timestamp">When it began, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    internal void Refreshed(long timestamp) => Interlocked.Exchange(ref _refreshed, timestamp);

    /// <summary>Notes a successful look at the signing keys.</summary>
    /// <param name="timestamp">When it began, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    internal void KeysRefreshed(long timestamp) => Interlocked.Exchange(ref _keysRefreshed, timestamp);

    private bool IsTooLongAgo(ref long timestamp) =>
        clock.GetElapsedTime(Interlocked.Read(ref timestamp)) > options.MaxStaleness;
}
