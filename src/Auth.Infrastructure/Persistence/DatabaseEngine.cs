using System.Data.Common;
using Auth.Infrastructure.Persistence.Diagnostics;
using Auth.Infrastructure.Persistence.Postgres;
using Auth.Infrastructure.Persistence.Sqlite;
using Auth.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>What differs between database engines. No other code of this layer checks which one is in use.</summary>
internal abstract class DatabaseEngine
{
    // A single statement, so that concurrent failures are all counted, including the first ones. It looks the user up, so
    // that the count of an account deleted meanwhile has no user.
    private const string UpsertFailureCount = """
        INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
        VALUES (@Key, (SELECT "Id" FROM "Users" WHERE "Id" = @UserId), 1, 0, @LastFailureAt)
        ON CONFLICT ("Key") DO UPDATE SET
            "UserId" = excluded."UserId",
            "Failures" = "FailureCounts"."Failures" + 1,
            "LastFailureAt" = excluded."LastFailureAt"
        RETURNING "Failures" AS "Value"
        """;

    public static IReadOnlyList<DatabaseEngine> All { get; } =
    [new SqliteEngine(), new SqlServerEngine(), new PostgresEngine()];

    /// <summary>The name of the engine in the settings.</summary>
    public abstract DatabaseProvider Provider { get; }

    /// <summary>A connection string to imitate.</summary>
    public abstract string Example { get; }

    /// <summary>
    /// Whether the engine runs in this process, on a file: without a password, and with a single writer, so that writers queue
    /// in <see cref="WriteGate"/>.
    /// </summary>
    public virtual bool IsEmbedded => false;

    /// <summary>Returns the configured engine.</summary>
    public static DatabaseEngine Get(DatabaseProvider provider) => All.Single(engine => engine.Provider == provider);

    /// <summary>Registers the context, the pool of contexts and the <see cref="ConnectionPool"/>.</summary>
    public abstract void AddContext(IServiceCollection services, string connectionString);

    /// <summary>Parses a connection string.</summary>
    /// <returns>Null if it names no database.</returns>
    /// <exception cref="Exception">The driver rejects the connection string.</exception>
    public abstract DatabaseTarget? ReadTarget(string connectionString);

    /// <summary>Classifies an exception of the driver, without its inner exceptions.</summary>
    /// <returns>Null if the exception is not the driver's.</returns>
    public abstract DatabaseError? Classify(Exception failure);

    /// <summary>Whether the server was reached but the database does not exist.</summary>
    public virtual bool IsMissingDatabase(DbException failure) => false;

    /// <summary>Whether another instance created the database at the same time.</summary>
    public virtual bool IsCreatedByAnother(DbException failure) => false;

    /// <summary>
    /// Lets one process at a time migrate, until the result is disposed. On servers EF Core's own lock is enough: it ends with
    /// the connection (SQL Server) or with the transaction of each migration (PostgreSQL).
    /// </summary>
    public virtual Task<IDisposable?> LockMigrationsAsync(
        AppDbContext context,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => Task.FromResult<IDisposable?>(null);

    /// <summary>Sets or checks properties of the database, as opposed to its schema, at startup.</summary>
    public virtual Task PrepareAsync(AppDbContext context, ILogger logger, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Lists the engine-specific checks of <c>doctor</c>.</summary>
    public abstract IReadOnlyList<EngineCheck> ListChecks(TimeProvider clock);

    /// <summary>Increments or creates a failure count atomically.</summary>
    /// <param name="context">The context, with or without an open transaction.</param>
    /// <param name="parameters">Creates the parameters <c>Key</c>, <c>UserId</c> and <c>LastFailureAt</c>.</param>
    /// <returns>How many failures there are now.</returns>
    public virtual async Task<int> CountFailureAsync(
        AppDbContext context,
        Func<object[]> parameters,
        CancellationToken cancellationToken
    ) =>
        (
            await context.Database.SqlQueryRaw<int>(UpsertFailureCount, parameters()).ToListAsync(cancellationToken)
        ).Single();

    /// <summary>
    /// Stores rotations in one statement: each only if its session is still at the generation it was read at and nobody has
    /// ended it.
    /// </summary>
    /// <returns>The ids of the sessions that were stored.</returns>
    public abstract Task<IReadOnlyCollection<Guid>> StoreRotationsAsync(
        AppDbContext context,
        IReadOnlyList<StoredRotation> rotations
    );
}
