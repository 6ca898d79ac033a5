using Auth.IntegrationTests.Support;

[assembly: AssemblyFixture(typeof(DatabaseServer))]

namespace Auth.IntegrationTests.Support;

/// <summary>
/// The database of the suite: the engine that <c>AUTH_TEST_ENGINE</c> names (Sqlite, Postgres, SqlServer), or the one with a
/// connection string, or SQLite. The server is the one of <c>AUTH_TEST_POSTGRES</c> or
/// <c>AUTH_TEST_SQLSERVER</c>; otherwise one is started, and stopped after the last test.
/// </summary>
public sealed class DatabaseServer : IAsyncLifetime
{
    private const string Postgres = "Postgres";
    private const string SqlServer = "SqlServer";

    private static readonly string? s_postgres = Setting("AUTH_TEST_POSTGRES");
    private static readonly string? s_sqlServer = Setting("AUTH_TEST_SQLSERVER");
    private static string? s_connectionString;

    private IAsyncDisposable? _own;

    /// <summary>The engine, as in the setting <c>Database:Provider</c>.</summary>
    public static string Engine { get; } =
        Setting("AUTH_TEST_ENGINE")
        ?? (
            s_postgres is not null ? Postgres
            : s_sqlServer is not null ? SqlServer
            : "Sqlite"
        );

    /// <summary>The connection string of the server; none with SQLite.</summary>
    public static string ConnectionString =>
        s_connectionString ?? throw new InvalidOperationException($"There is no server for {Engine}.");

    public async ValueTask InitializeAsync()
    {
        switch (Engine)
        {
            case Postgres when s_postgres is null:
                var postgres = await PrivatePostgres.StartNewAsync();
                (_own, s_connectionString) = (postgres, postgres.ConnectionString);
                break;
            case SqlServer when s_sqlServer is null:
                var sqlServer = await ContainerSqlServer.StartNewAsync();
                (_own, s_connectionString) = (sqlServer, sqlServer.ConnectionString);
                break;
            default:
                s_connectionString = Engine == Postgres ? s_postgres : s_sqlServer;
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
