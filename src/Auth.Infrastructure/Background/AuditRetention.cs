using Auth.Domain.Audit;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Audit;
using Auth.Infrastructure.Persistence.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Background;

/// <summary>Removes audit records past their retention period and keeps the chains verifiable.</summary>
internal sealed class AuditRetention(
    AppDbContext context,
    WriteGate gate,
    AuditHasher hasher,
    AuditOptions options,
    TimeProvider clock
)
{
    private const int BatchSize = 500;

    /// <summary>Longer than any request that was under way when a user was deleted.</summary>
    private static readonly TimeSpan s_maxRequestTime = TimeSpan.FromHours(1);

    /// <summary>Removes everything that is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await context.AuditChains.Select(chain => chain.Id).ToListAsync(cancellationToken))
        {
            while (await RemoveOldestAsync(id, cancellationToken)) { }
        }

        await EraseLateRecordsAsync(cancellationToken);
    }

    /// <returns>Whether there may be more to remove.</returns>
    private async Task<bool> RemoveOldestAsync(Guid chainId, CancellationToken cancellationToken)
    {
        var end = clock.GetUtcNow() - options.Retention;
        var chain = await context
            .AuditChains.AsNoTracking()
            .SingleAsync(chain => chain.Id == chainId, cancellationToken);
        var oldest = await context
            .AuditRecords.AsNoTracking()
            .Where(record => record.ChainId == chainId && record.Sequence > chain.RemovedSequence)
            .OrderBy(record => record.Sequence)
            .Take(BatchSize)
            .Select(record => new
            {
                record.Sequence,
                record.OccurredAt,
                record.Hash,
            })
            .ToListAsync(cancellationToken);
        if (oldest.TakeWhile(record => record.OccurredAt < end).LastOrDefault() is not { } last)
        {
            return false;
        }

        using var lease = await gate.EnterAsync(cancellationToken);
        var moved = await context
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                stopped =>
                    RemoveAsync(
                        chain.Id,
                        chain.RemovedSequence,
                        last.Sequence,
                        last.Hash,
                        hasher.SealStart(chain.Id, last.Sequence, last.Hash),
                        stopped
                    ),
                cancellationToken
            );
        return moved && last == oldest[^1];
    }

    /// <returns>False if another instance removed the records first.</returns>
    private async Task<bool> RemoveAsync(
        Guid chainId,
        long start,
        long sequence,
        byte[] hash,
        byte[] seal,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var moved = await context
            .AuditChains.Where(stored => stored.Id == chainId && stored.RemovedSequence == start)
            .ExecuteUpdateAsync(
                update =>
                    update
                        .SetProperty(stored => stored.RemovedSequence, sequence)
                        .SetProperty(stored => stored.RemovedHash, hash)
                        .SetProperty(stored => stored.RemovedSeal, seal),
                cancellationToken
            );
        if (moved == 1)
        {
            await context
                .AuditRecords.Where(record => record.ChainId == chainId && record.Sequence <= sequence)
                .ExecuteDeleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return moved == 1;
    }

    /// <summary>
    /// Erases the personal data of recently deleted users again: a failed login that overlapped with the deletion may have
    /// been recorded after it.
    /// </summary>
    private async Task EraseLateRecordsAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - s_maxRequestTime;
        var deleted = await context
            .AuditRecords.Where(record => record.Type == AuditTypes.UserDeleted && record.OccurredAt > since)
            .Select(record => record.UserId)
            .Distinct()
            .ToListAsync(cancellationToken);
        foreach (var userId in deleted.OfType<Guid>())
        {
            using var lease = await gate.EnterAsync(cancellationToken);
            await AuditLog.EraseAsync(context, userId, cancellationToken);
        }
    }
}
