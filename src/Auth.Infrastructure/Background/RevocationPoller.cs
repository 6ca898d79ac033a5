using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>Reads the revocations at startup and then polls for the ones other instances have added.</summary>
/// <remarks>
/// Rows get their numbers on insert but become visible on commit, so a lower number may appear after a higher one. Each
/// poll therefore rereads the rows of the last half minute. That interval is measured with this instance's monotonic
/// clock, so clock skew does not matter, and no transaction shorter than that is missed.
/// </remarks>
internal sealed class RevocationPoller(
    IServiceScopeFactory scopes,
    RevokedTokens revokedTokens,
    RevocationLog log,
    RevocationFeed feed,
    RevocationStatus status,
    JwtOptions jwt,
    RevocationOptions options,
    DatabaseRecovery recovery,
    TimeProvider clock,
    ILogger<RevocationPoller> logger
) : PeriodicWorker("Reading revocations", options.PollInterval, clock, logger)
{
    private static readonly TimeSpan s_overlap = TimeSpan.FromSeconds(30);

    private readonly Queue<(long Timestamp, long LastId)> _polls = new();

    /// <summary>All rows up to this number have been read, and no lower number can appear any more.</summary>
    private long _stableId;
    private long _lastId;
    private DateTimeOffset _loadedAt;
    private long _loadedTimestamp;

    /// <summary>Loads all revocations of access tokens that may not have expired yet.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var now = Clock.GetUtcNow();
        var timestamp = Clock.GetTimestamp();

        var oldest = now - jwt.AccessTokenLifetime - InstanceClocks.MaxDifference;
        var revocations = await context
            .Revocations.AsNoTracking()
            .Where(revocation => revocation.OccurredAt > oldest)
            .ToListAsync(cancellationToken);
        // Sorted here: to sort them, a database would read the whole table.
        foreach (var revocation in revocations.OrderBy(revocation => revocation.Id))
        {
            Add(revocation);
        }

        var stable = now - InstanceClocks.MaxDifference - s_overlap;
        _stableId =
            await context
                .Revocations.Where(revocation => revocation.OccurredAt < stable)
                .MaxAsync(revocation => (long?)revocation.Id, cancellationToken)
            ?? 0;
        _lastId = _stableId;
        (_loadedAt, _loadedTimestamp) = (now, timestamp);
        log.MarkStable(_stableId);
        status.MarkRefreshed(timestamp);
    }

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (WasClockSetBack())
        {
            await LoadAsync(cancellationToken);
        }

        var timestamp = Clock.GetTimestamp();
        foreach (var revocation in await ReadNewAsync(cancellationToken))
        {
            Add(revocation);
            _lastId = Math.Max(_lastId, revocation.Id);
        }

        _polls.Enqueue((timestamp, _lastId));
        while (_polls.TryPeek(out var poll) && Clock.GetElapsedTime(poll.Timestamp, timestamp) > s_overlap)
        {
            _stableId = poll.LastId;
            _polls.Dequeue();
        }

        revokedTokens.RemoveOlderThan(jwt.AccessTokenLifetime + InstanceClocks.MaxDifference);
        log.MarkStable(_stableId);
        log.RemoveExpired();
        status.MarkRefreshed(timestamp);
        feed.SignalIfDue();
    }

    protected override void OnFailure(Exception failure) => recovery.Report(failure);

    private void Add(Revocation revocation)
    {
        revokedTokens.Add(revocation);
        log.Add(revocation);
    }

    // The clock was ahead when the revocations were loaded: by the corrected clock, older tokens are still valid.
    private bool WasClockSetBack() =>
        Clock.GetUtcNow() - _loadedAt < Clock.GetElapsedTime(_loadedTimestamp) - InstanceClocks.MaxDifference;

    private async Task<List<Revocation>> ReadNewAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        return await context
            .Revocations.AsNoTracking()
            .Where(revocation => revocation.Id > _stableId)
            .OrderBy(revocation => revocation.Id)
            .ToListAsync(cancellationToken);
    }
}
