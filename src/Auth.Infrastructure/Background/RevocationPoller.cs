using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Learns what other instances have revoked: reads the table of revocations at start and then, at every interval, its
/// new rows.
/// </summary>
/// <remarks>
/// Rows are numbered when they are inserted and seen when they are committed, so a lower number may appear after a
/// higher one. Each look therefore starts again at what was there half a minute ago, by this instance's own monotonic
/// clock: no comparison of clocks, and no commit is missed that takes less than that.
/// </remarks>
internal sealed class RevocationPoller(
    IServiceScopeFactory scopes,
    RevokedTokens revokedTokens,
    RevocationStatus status,
    JwtOptions jwt,
    RevocationOptions options,
    DatabaseRecovery recovery,
    TimeProvider clock,
    ILogger<RevocationPoller> logger
) : PeriodicWorker("Reading revocations", options.PollInterval, clock, logger)
{
    private static readonly TimeSpan s_overlap = TimeSpan.FromSeconds(30);

    private readonly Queue<(long Timestamp, long LastId)> _looks = new();

    /// <summary>Every row up to this number has been seen, and none can appear below it any more.</summary>
    private long _settledId;
    private long _lastId;
    private DateTimeOffset _loadedAt;
    private long _loadedTimestamp;

    /// <summary>Reads all revocations of tokens that may still be alive.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var now = Clock.GetUtcNow();
        var timestamp = Clock.GetTimestamp();

        var alive = now - jwt.AccessTokenLifetime - InstanceClocks.MaxDifference;
        await foreach (
            var revocation in context
                .Revocations.AsNoTracking()
                .Where(revocation => revocation.OccurredAt > alive)
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
        )
        {
            revokedTokens.Add(revocation);
        }

        var settled = now - InstanceClocks.MaxDifference - s_overlap;
        _settledId =
            await context
                .Revocations.Where(revocation => revocation.OccurredAt < settled)
                .MaxAsync(revocation => (long?)revocation.Id, cancellationToken)
            ?? 0;
        _lastId = _settledId;
        (_loadedAt, _loadedTimestamp) = (now, timestamp);
        status.Refreshed(timestamp);
    }

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        if (WasPutBack())
        {
            await LoadAsync(cancellationToken);
        }

        var timestamp = Clock.GetTimestamp();
        foreach (var revocation in await ReadNewAsync(cancellationToken))
        {
            revokedTokens.Add(revocation);
            _lastId = Math.Max(_lastId, revocation.Id);
        }

        _looks.Enqueue((timestamp, _lastId));
        while (_looks.TryPeek(out var look) && Clock.GetElapsedTime(look.Timestamp, timestamp) > s_overlap)
        {
            _settledId = look.LastId;
            _looks.Dequeue();
        }

        revokedTokens.RemoveOlderThan(jwt.AccessTokenLifetime + InstanceClocks.MaxDifference);
        status.Refreshed(timestamp);
    }

    protected override void OnFailure(Exception failure) => recovery.Report(failure);

    // What was loaded are the revocations of tokens that were alive by a clock that was ahead: by the corrected one, older
    // tokens are alive.
    private bool WasPutBack() =>
        Clock.GetUtcNow() - _loadedAt < Clock.GetElapsedTime(_loadedTimestamp) - InstanceClocks.MaxDifference;

    private async Task<List<Revocation>> ReadNewAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        return await context
            .Revocations.AsNoTracking()
            .Where(revocation => revocation.Id > _settledId)
            .OrderBy(revocation => revocation.Id)
            .ToListAsync(cancellationToken);
    }
}
