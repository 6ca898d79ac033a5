namespace Auth.Infrastructure.Background;

/// <summary>Whether this instance knows what was revoked, or has been cut off for too long.</summary>
/// <param name="options">How long is too long.</param>
/// <param name="clock">The clock.</param>
public sealed class RevocationStatus(RevocationOptions options, TimeProvider clock)
{
    private long _refreshed = clock.GetTimestamp();

    /// <summary>
    /// Whether the last successful look at the table of revocations is too long ago: an access token that was revoked
    /// since would still be accepted, so none is.
    /// </summary>
    public bool IsStale => clock.GetElapsedTime(Interlocked.Read(ref _refreshed)) > options.MaxStaleness;

    /// <summary>Notes a successful look.</summary>
    /// <param name="timestamp">When it began, as <see cref="TimeProvider.GetTimestamp"/>.</param>
    internal void Refreshed(long timestamp) => Interlocked.Exchange(ref _refreshed, timestamp);
}
