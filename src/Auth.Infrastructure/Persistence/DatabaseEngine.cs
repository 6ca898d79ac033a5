using System.Data.Common;
using Auth.Infrastructure.Persistence.Diagnostics;
using Auth.Infrastructure.Persistence.Postgres;
using Auth.Infrastructure.Persistence.Sqlite;
using Auth.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>What differs between the database engines. Each has a folder, and nothing outside it asks which one it is.</summary>
internal abstract class DatabaseEngine
{
    // One statement, so that of any number of guesses at once every one is counted, the first ones included. The user is
    // looked up in it: an account that was deleted meanwhile leaves a count without one.
    private const string UpsertFailureCount = """
        INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
        VALUES (@Key, (SELECT "Id" FROM "Users" WHERE "Id" = @UserId), 1, 0, @LastFailureAt)
        ON CONFLICT ("Key") DO UPDATE SET
            "UserId" = excluded."UserId",
            "Failures" = "FailureCounts"."Failures" + 1,
            "LastFailureAt" = excluded."LastFailureAt"
        """;

    /// <summary>All engines.</summary>
    public static IReadOnlyList<DatabaseEngine> All { get; } =
    [new SqliteEngine(), new SqlServerEngine(), new PostgresEngine()];

    /// <summary>How the engine is named in the settings.</summary>
    public abstract DatabaseProvider Provider { get; }

    /// <summary>Whether all writers wait for each other, so that they are better queued here (<see cref="WriteGate"/>).</summary>
    public virtual bool HasSingleWriter => false;

    /// <summary>Returns the engine that the settings name.</summary>
    public static DatabaseEngine Get(DatabaseProvider provider) => All.Single(engine => engine.Provider == provider);

    /// <summary>Registers the context, the pool of contexts and the <see cref="ConnectionPool"/>.</summary>
    public abstract void AddContext(IServiceCollection services, string connectionString);

    /// <summary>Reads which database a connection string means.</summary>
    /// <returns>Null if it names none.</returns>
    /// <exception cref="Exception">The driver rejects the text.</exception>
    public abstract DatabaseTarget? ReadTarget(string connectionString);

    /// <summary>Classifies one exception of the driver, without looking at what caused it.</summary>
    /// <returns>Null if the exception is not the driver's.</returns>
    public abstract DatabaseError? Classify(Exception failure);

    /// <summary>Whether the server exists and the database does not.</summary>
    public virtual bool IsMissingDatabase(DbException failure) => false;

    /// <summary>Whether another instance created the database at the same moment.</summary>
    public virtual bool IsCreatedByAnother(DbException failure) => false;

    /// <summary>
    /// Lets one process at a time migrate, until the result is disposed. Servers need no lock of ours: EF Core takes one that
    /// ends with its connection (SQL Server) or with the transaction of each migration (PostgreSQL).
    /// </summary>
    public virtual Task<IDisposable?> LockMigrationsAsync(
        AppDbContext context,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => Task.FromResult<IDisposable?>(null);

    /// <summary>Sets or checks, at each start, what belongs to the database and not to its schema.</summary>
    public virtual Task PrepareAsync(AppDbContext context, ILogger logger, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Lists the checks of <c>doctor</c> that only this engine has.</summary>
    public abstract IReadOnlyList<EngineCheck> ListChecks(TimeProvider clock);

    /// <summary>Adds one to a failure count, or starts it, atomically.</summary>
    /// <param name="context">The context; a transaction is used if one is open.</param>
    /// <param name="parameters">Makes the parameters <c>Key</c>, <c>UserId</c> and <c>LastFailureAt</c>.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public virtual Task CountFailureAsync(
        AppDbContext context,
        Func<object[]> parameters,
        CancellationToken cancellationToken
    ) => context.Database.ExecuteSqlRawAsync(UpsertFailureCount, parameters(), cancellationToken);

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
