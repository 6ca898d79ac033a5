using System.Data.Common;
using System.Globalization;
using Auth.Infrastructure.Persistence.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Auth.Infrastructure.Persistence.Postgres;

/// <summary>PostgreSQL.</summary>
internal sealed class PostgresEngine : DatabaseEngine
{
    // 3 s for a connection, 5 s for a statement, and half a second more for the server to confirm a cancellation, which takes
    // a connection of its own and blocks a thread. With several hosts, the primary is looked up again every second. There
    // are few distinct statements, so each is prepared once per connection. None of them changes session state, so there is
    // nothing to reset.
    private const string Defaults =
        "Timeout=3;Command Timeout=5;Cancellation Timeout=500;Host Recheck Seconds=1;Max Auto Prepare=64;"
        + "No Reset On Close=true;";

    // Cannot be overridden: error details contain values of rows, and would end up in logs and traces.
    private const string Fixed = ";Include Error Detail=false";

    public override DatabaseProvider Provider => DatabaseProvider.Postgres;

    public override string Example => "Host=db.example.com;Database=auth;Username=auth;Password=…;SSL Mode=VerifyFull";

    public override void AddContext(IServiceCollection services, string connectionString)
    {
        var connection = Defaults + connectionString + Fixed;
        services.AddDbContextPool<AppDbContext, PostgresAppDbContext>(context =>
            context
                .UseNpgsql(
                    connection,
                    server => server.ExecutionStrategy(dependencies => new PostgresRetries(dependencies))
                )
                .IgnoreFailureEvents()
        );
        services.AddSingleton(provider => new ConnectionPool(
            () => new PostgresAppDbContext(provider.GetRequiredService<DbContextOptions<PostgresAppDbContext>>()),
            connection + ";Pooling=false;Timeout=2;Command Timeout=2",
            pooled => NpgsqlConnection.ClearPool((NpgsqlConnection)pooled)
        ));
    }

    public override DatabaseTarget? ReadTarget(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        return string.IsNullOrEmpty(server.Host)
            ? null
            : new()
            {
                Engine = "PostgreSQL",
                Description = DatabaseTarget.Describe(
                    "PostgreSQL",
                    server.Host.Contains(':', StringComparison.Ordinal) || server.Host.StartsWith('/')
                        ? server.Host
                        : string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}"),
                    server.Database,
                    server.Username
                ),
                Weakness = FindWeakness(server),
            };
    }

    public override DatabaseError? Classify(Exception failure) =>
        failure switch
        {
            PostgresException server => PostgresErrors.Classify(server),
            NpgsqlException driver => PostgresErrors.Classify(driver),
            _ when PostgresErrors.IsBrokenConnection(failure) => new(
                DatabaseErrorKind.Unreachable,
                "The connection was broken."
            ),
            _ => null,
        };

    public override bool IsMissingDatabase(DbException failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName };

    // The error depends on how close the race was.
    public override bool IsCreatedByAnother(DbException failure) =>
        failure
            is PostgresException { SqlState: PostgresErrorCodes.DuplicateDatabase }
                or PostgresException
                {
                    SqlState: PostgresErrorCodes.UniqueViolation,
                    ConstraintName: "pg_database_datname_index",
                };

    public override Task<IReadOnlyCollection<Guid>> StoreRotationsAsync(
        AppDbContext context,
        IReadOnlyList<StoredRotation> rotations
    ) => PostgresRotations.StoreAsync(context, rotations);

    public override IReadOnlyList<EngineCheck> ListChecks(TimeProvider clock) =>
        [
            PostgresChecks.CheckVersionAsync,
            PostgresChecks.Access,
            PostgresChecks.Isolation,
            PostgresChecks.CheckDurabilityAsync,
            PostgresChecks.Encoding,
            EngineChecks.CheckClock("SELECT clock_timestamp() AT TIME ZONE 'UTC'", clock),
        ];

    private static string? FindWeakness(NpgsqlConnectionStringBuilder server) =>
        server.Host!.Split(',').All(host => host.StartsWith('/') || DatabaseTarget.IsThisMachine(host.Trim())) ? null
        : server.SslMode is SslMode.Disable or SslMode.Allow or SslMode.Prefer
            ? $"with SSL Mode={server.SslMode} the connection may not be encrypted; set SSL Mode=VerifyFull."
        : server.SslMode == SslMode.Require
            ? "SSL Mode=Require does not verify the server's certificate; set SSL Mode=VerifyFull."
        : null;
}
