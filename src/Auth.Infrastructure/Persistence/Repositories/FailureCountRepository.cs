using Auth.Domain.Lockout;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class FailureCountRepository(AppDbContext context, WriteGate gate, DatabaseEngine engine)
    : IFailureCountRepository
{
    public async Task<IReadOnlyList<FailureCount>> ListAsync(
        IReadOnlyCollection<byte[]> keys,
        CancellationToken cancellationToken
    ) => await Find(keys).AsNoTracking().ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<FailureCount>> ListOfUserAsync(Guid userId, CancellationToken cancellationToken) =>
        await context
            .FailureCounts.AsNoTracking()
            .Where(count => count.UserId == userId)
            .ToListAsync(cancellationToken);

    public async Task<int> CountFailureAsync(
        byte[] key,
        Guid? userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await AddFailureAsync(key, userId, now, cancellationToken);
        }
        catch (Exception failure) when (DatabaseError.IsLostRace(failure))
        {
            // The account has been deleted meanwhile, or another request has inserted the count. Not left to the pipeline, which
            // does not retry a guess: what is left to do is an update.
            return await AddFailureAsync(key, userId: null, now, cancellationToken);
        }
    }

    private async Task<int> AddFailureAsync(
        byte[] key,
        Guid? userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        // Raw SQL is not retried by itself. If only the response was lost, a retry counts the failure twice.
        return await context
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(stopped => engine.CountFailureAsync(context, MakeParameters, stopped), cancellationToken);

        object[] MakeParameters() =>
            [
                context.CreateParameter<FailureCount>(nameof(FailureCount.Key), key),
                context.CreateParameter<FailureCount>(nameof(FailureCount.UserId), userId),
                context.CreateParameter<FailureCount>(nameof(FailureCount.LastFailureAt), now),
            ];
    }

    public async Task CountRefusalAsync(byte[] key, CancellationToken cancellationToken)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        await context
            .FailureCounts.Where(count => count.Key == key)
            .ExecuteUpdateAsync(
                update => update.SetProperty(count => count.Refusals, count => count.Refusals + 1),
                cancellationToken
            );
    }

    public async Task<bool> TryReserveAttemptAsync(
        FailureCount count,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        return await context
                .FailureCounts.Where(stored => stored.Key == count.Key && stored.Failures == count.Failures)
                .ExecuteUpdateAsync(
                    update =>
                        update
                            .SetProperty(stored => stored.Failures, stored => stored.Failures + 1)
                            .SetProperty(stored => stored.LastFailureAt, now),
                    cancellationToken
                ) == 1;
    }

    public async Task RemoveAsync(IReadOnlyCollection<byte[]> keys, CancellationToken cancellationToken)
    {
        if (keys.Count > 0)
        {
            using var lease = await gate.EnterAsync(cancellationToken);
            await Find(keys).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private IQueryable<FailureCount> Find(IReadOnlyCollection<byte[]> keys) =>
        context.FailureCounts.Where(count => keys.Contains(count.Key));
}
