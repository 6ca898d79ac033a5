using Auth.Domain.Lockout;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class FailureCountRepository(AppDbContext context, WriteGate gate, DatabaseOptions options)
    : IFailureCountRepository
{
    // One statement, so that of any number of guesses at once every one is counted, the first ones included. The user is
    // looked up in it: an account that was deleted meanwhile leaves a count without one.
    private const string Upsert = """
        INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
        VALUES (@Key, (SELECT "Id" FROM "Users" WHERE "Id" = @UserId), 1, 0, @LastFailureAt)
        ON CONFLICT ("Key") DO UPDATE SET
            "UserId" = excluded."UserId",
            "Failures" = "FailureCounts"."Failures" + 1,
            "LastFailureAt" = excluded."LastFailureAt"
        """;

    // SQL Server has only MERGE for that, which is hard to get right and not known to every server that speaks its
    // protocol. Instead two statements in one transaction: the first locks the row, or the place where it would be
    // (SERIALIZABLE), for itself alone (UPDLOCK). Another caller with the same key waits for the end of the
    // transaction, so the second statement never meets a row.
    private const string SqlServerUpdate = """
        UPDATE "FailureCounts" WITH (UPDLOCK, SERIALIZABLE) SET
            "UserId" = (SELECT "Id" FROM "Users" WHERE "Id" = @UserId),
            "Failures" = "Failures" + 1,
            "LastFailureAt" = @LastFailureAt
        WHERE "Key" = @Key
        """;

    private const string SqlServerInsert = """
        INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
        VALUES (@Key, (SELECT "Id" FROM "Users" WHERE "Id" = @UserId), 1, 0, @LastFailureAt)
        """;

    public async Task<IReadOnlyList<FailureCount>> ListAsync(
        IReadOnlyCollection<byte[]> keys,
        CancellationToken cancellationToken
    ) => await Find(keys).AsNoTracking().ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<FailureCount>> ListOfUserAsync(Guid userId, CancellationToken cancellationToken) =>
        await context
            .FailureCounts.AsNoTracking()
            .Where(count => count.UserId == userId)
            .ToListAsync(cancellationToken);

    public async Task CountFailureAsync(
        byte[] key,
        Guid? userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        // Raw SQL is not tried again by itself. Where only the answer got lost, that counts the failure once more.
        await context
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                stopped =>
                    options.Provider == DatabaseProvider.SqlServer
                        ? UpdateOrInsertAsync(key, userId, now, stopped)
                        : ExecuteAsync(Upsert, key, userId, now, stopped),
                cancellationToken
            );
    }

    public async Task CountRefusalAsync(byte[] key, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await context
            .FailureCounts.Where(count => count.Key == key)
            .ExecuteUpdateAsync(
                update => update.SetProperty(count => count.Refusals, count => count.Refusals + 1),
                cancellationToken
            );
    }

    public async Task<bool> TryTakeTurnAsync(
        FailureCount count,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        using var turn = await gate.EnterAsync(cancellationToken);
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
        using var turn = await gate.EnterAsync(cancellationToken);
        await Find(keys).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<int> UpdateOrInsertAsync(
        byte[] key,
        Guid? userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var rows = await ExecuteAsync(SqlServerUpdate, key, userId, now, cancellationToken);
        if (rows == 0)
        {
            rows = await ExecuteAsync(SqlServerInsert, key, userId, now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    private Task<int> ExecuteAsync(
        string sql,
        byte[] key,
        Guid? userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        object[] parameters =
        [
            context.CreateParameter<FailureCount>(nameof(FailureCount.Key), key),
            context.CreateParameter<FailureCount>(nameof(FailureCount.UserId), userId),
            context.CreateParameter<FailureCount>(nameof(FailureCount.LastFailureAt), now),
        ];
        return context.Database.ExecuteSqlRawAsync(sql, parameters, cancellationToken);
    }

    private IQueryable<FailureCount> Find(IReadOnlyCollection<byte[]> keys) =>
        context.FailureCounts.Where(count => keys.Contains(count.Key));
}
