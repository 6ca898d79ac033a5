using Auth.Infrastructure.Persistence.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence.Sqlite;

/// <summary>SQLite, in a file or in memory.</summary>
internal sealed class SqliteEngine : DatabaseEngine
{
    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override string Example => "Data Source=data/auth.db";

    public override bool IsEmbedded => true;

    public override void AddContext(IServiceCollection services, string connectionString)
    {
        // Waits at most 5 s for a lock. The last of two equal keywords wins, so the operator can override it.
        var connection = "Default Timeout=5;" + connectionString;
        services.AddSingleton<SqliteFileWatch>();
        services.AddDbContextPool<AppDbContext, SqliteAppDbContext>(
            (provider, context) =>
                context
                    // Loads a user and their roles in two queries: for a single one with an outer join, SQLite scans the whole
                    // UserRoles table. Roles are read last, so a token that mixes old and new data has the old version and is
                    // rejected.
                    .UseSqlite(
                        connection,
                        sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)
                    )
                    .AddInterceptors(new SqliteConnectionSetup(provider.GetRequiredService<SqliteFileWatch>()))
                    .IgnoreFailureEvents()
        );
        services.AddSingleton(provider => new ConnectionPool(
            () => new SqliteAppDbContext(provider.GetRequiredService<DbContextOptions<SqliteAppDbContext>>()),
            connection + ";Pooling=false",
            pooled => SqliteConnection.ClearPool((SqliteConnection)pooled)
        ));
    }

    public override DatabaseTarget ReadTarget(string connectionString) =>
        new()
        {
            Engine = "SQLite",
            Description = $"the SQLite file {new SqliteConnectionStringBuilder(connectionString).DataSource}",
        };

    public override DatabaseError? Classify(Exception failure) =>
        failure is SqliteException sqlite ? SqliteErrors.Classify(sqlite) : null;

    public override Task<IDisposable?> LockMigrationsAsync(
        AppDbContext context,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => SqliteMigrationLock.EnterAsync(context, clock, cancellationToken);

    // Stored in the file: readers and the writer do not block each other.
    public override Task PrepareAsync(AppDbContext context, ILogger logger, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);

    public override Task<IReadOnlyCollection<Guid>> StoreRotationsAsync(
        AppDbContext context,
        IReadOnlyList<StoredRotation> rotations
    ) => SqliteRotations.StoreAsync(context, rotations);

    public override IReadOnlyList<EngineCheck> ListChecks(TimeProvider clock) =>
        [
            SqliteChecks.Version,
            SqliteChecks.CheckAccessAsync,
            SqliteChecks.Journal,
            SqliteChecks.Durability,
            SqliteChecks.Integrity,
            SqliteChecks.CheckMigrationLockAsync,
        ];
}
