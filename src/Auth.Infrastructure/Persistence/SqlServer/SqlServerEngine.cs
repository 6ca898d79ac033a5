using System.Data.Common;
using Auth.Infrastructure.Persistence.Diagnostics;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>Microsoft SQL Server.</summary>
internal sealed class SqlServerEngine : DatabaseEngine
{
    // 3 s for a connection, 5 s for a statement. SqlClient retries a rejected connection until the timeout, and opens one
    // connection at a time.
    private const string Defaults = "Connect Timeout=3;Command Timeout=5;Connect Retry Interval=1;";

    // SQL Server's only upsert is MERGE, which is hard to get right and not supported by every server that speaks its
    // protocol. Instead, two statements in one transaction: the first takes an exclusive lock (UPDLOCK) on the row, or on
    // the range where it would be (SERIALIZABLE). A concurrent caller with the same key waits for the transaction, so the
    // INSERT never finds an existing row.
    private const string UpdateFailureCount = """
        UPDATE "FailureCounts" WITH (UPDLOCK, SERIALIZABLE) SET
            "UserId" = (SELECT "Id" FROM "Users" WHERE "Id" = @UserId),
            "Failures" = "Failures" + 1,
            "LastFailureAt" = @LastFailureAt
        OUTPUT inserted."Failures" AS "Value"
        WHERE "Key" = @Key
        """;

    private const string InsertFailureCount = """
        INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
        VALUES (@Key, (SELECT "Id" FROM "Users" WHERE "Id" = @UserId), 1, 0, @LastFailureAt)
        """;

    public override DatabaseProvider Provider => DatabaseProvider.SqlServer;

    public override string Example => "Server=db.example.com;Database=auth;User Id=auth;Password=…";

    public override void AddContext(IServiceCollection services, string connectionString)
    {
        var connection = Defaults + connectionString;
        services.AddDbContextPool<AppDbContext, SqlServerAppDbContext>(context =>
            context
                .UseSqlServer(
                    connection,
                    server => server.ExecutionStrategy(dependencies => new SqlServerRetries(dependencies))
                )
                .ReplaceService<IMigrationsSqlGenerator, SqlServerDatabaseCreation>()
                .IgnoreFailureEvents()
        );
        services.AddSingleton(provider => new ConnectionPool(
            () => new SqlServerAppDbContext(provider.GetRequiredService<DbContextOptions<SqlServerAppDbContext>>()),
            connection + ";Pooling=false;Connect Timeout=2;Command Timeout=2",
            pooled => SqlConnection.ClearPool((SqlConnection)pooled)
        ));
    }

    public override DatabaseTarget? ReadTarget(string connectionString)
    {
        var server = new SqlConnectionStringBuilder(connectionString);
        return server.DataSource.Length == 0
            ? null
            : new()
            {
                Engine = "SQL Server",
                Description = DatabaseTarget.Describe(
                    "SQL Server",
                    server.DataSource,
                    server.InitialCatalog,
                    server.IntegratedSecurity ? "" : server.UserID
                ),
                Weakness = FindWeakness(server),
            };
    }

    public override DatabaseError? Classify(Exception failure) =>
        failure switch
        {
            SqlException server => SqlServerErrors.Classify(server),
            InvalidOperationException pool when SqlServerErrors.IsPoolExhausted(pool) => new(
                DatabaseErrorKind.Overloaded,
                pool.Message
            ),
            _ => null,
        };

    public override bool IsMissingDatabase(DbException failure) =>
        failure is SqlException { Number: SqlServerErrors.MissingDatabase };

    public override Task PrepareAsync(AppDbContext context, ILogger logger, CancellationToken cancellationToken) =>
        ReadCommittedSnapshot.WarnIfOffAsync(context, logger, cancellationToken);

    public override Task<IReadOnlyCollection<Guid>> StoreRotationsAsync(
        AppDbContext context,
        IReadOnlyList<StoredRotation> rotations
    ) => SqlServerRotations.StoreAsync(context, rotations);

    public override IReadOnlyList<EngineCheck> ListChecks(TimeProvider clock) =>
        [
            SqlServerChecks.CheckVersionAsync,
            SqlServerChecks.Access,
            SqlServerChecks.Compatibility,
            SqlServerChecks.Isolation,
            SqlServerChecks.Durability,
            EngineChecks.CheckClock("SELECT SYSUTCDATETIME()", clock),
        ];

    public override async Task<int> CountFailureAsync(
        AppDbContext context,
        Func<object[]> parameters,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var failures = (
            await context.Database.SqlQueryRaw<int>(UpdateFailureCount, parameters()).ToListAsync(cancellationToken)
        ).SingleOrDefault();
        if (failures == 0)
        {
            await context.Database.ExecuteSqlRawAsync(InsertFailureCount, parameters(), cancellationToken);
            failures = 1;
        }

        await transaction.CommitAsync(cancellationToken);
        return failures;
    }

    private static string? FindWeakness(SqlConnectionStringBuilder server) =>
        DatabaseTarget.IsThisMachine(HostOf(server.DataSource)) ? null
        : SqlConnectionEncryptOption.Optional.Equals(server.Encrypt)
            ? "the connection is not encrypted; remove Encrypt=false."
        : server.TrustServerCertificate && !SqlConnectionEncryptOption.Strict.Equals(server.Encrypt)
            ? "the server's certificate is not verified; use a certificate of a trusted authority, and remove"
                + " TrustServerCertificate=true."
        : null;

    // [protocol:]host[\instance][,port]
    private static string HostOf(string dataSource)
    {
        var text = dataSource.Trim();
        foreach (var protocol in new[] { "tcp:", "lpc:", "np:", "admin:" })
        {
            if (text.StartsWith(protocol, StringComparison.OrdinalIgnoreCase))
            {
                text = text[protocol.Length..];
            }
        }

        return text.Split('\\', ',')[0].Trim();
    }
}
