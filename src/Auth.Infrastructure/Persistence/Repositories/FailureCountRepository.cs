using System.Data.Common;
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

    private const string SqlServerUpsert = """
        MERGE "FailureCounts" WITH (HOLDLOCK) AS stored
        USING (SELECT @Key AS "Key", (SELECT "Id" FROM "Users" WHERE "Id" = @UserId) AS "UserId") AS given
            ON stored."Key" = given."Key"
        WHEN MATCHED THEN UPDATE SET
            "UserId" = given."UserId",
            "Failures" = stored."Failures" + 1,
            "LastFailureAt" = @LastFailureAt
        WHEN NOT MATCHED THEN
            INSERT ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
            VALUES (given."Key", given."UserId", 1, 0, @LastFailureAt);
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
        var sql = options.Provider == DatabaseProvider.SqlServer ? SqlServerUpsert : Upsert;
        using var turn = await gate.EnterAsync(cancellationToken);
        // Raw SQL is not tried again by itself. Where only the answer got lost, that counts the failure once more.
        await context
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                async stopped =>
                {
                    await using var command = context.Database.GetDbConnection().CreateCommand();
                    object[] parameters =
                    [
                        Parameter(command, nameof(FailureCount.Key), key),
                        Parameter(command, nameof(FailureCount.UserId), userId),
                        Parameter(command, nameof(FailureCount.LastFailureAt), now),
                    ];
                    await context.Database.ExecuteSqlRawAsync(sql, parameters, stopped);
                },
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

    private IQueryable<FailureCount> Find(IReadOnlyCollection<byte[]> keys) =>
        context.FailureCounts.Where(count => keys.Contains(count.Key));

    /// <summary>A parameter in the engine's own type, made as the model makes it.</summary>
    private DbParameter Parameter(DbCommand command, string property, object? value) =>
        context
            .Model.FindEntityType(typeof(FailureCount))!
            .FindProperty(property)!
            .GetRelationalTypeMapping()
            .CreateParameter(command, property, value);
}
