using System.Globalization;
using Npgsql;

namespace Auth.IntegrationTests.Support;

/// <summary>A PostgreSQL server for a single test, which may stop it.</summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("auth-postgres-");
    private readonly string _port = Ports.FindFree().ToString(CultureInfo.InvariantCulture);

    private PrivatePostgres() { }

    /// <summary>Why none can be started; null if one can.</summary>
    public static string? Obstacle { get; } =
        Directory.Exists("/usr/lib/postgresql") && Programs.Find("bash") is not null
            ? null
            : "PostgreSQL's server programs are not installed here (Debian: apt-get install postgresql)";

    /// <summary>The port that it listens on.</summary>
    public int Port => int.Parse(_port, CultureInfo.InvariantCulture);

    /// <summary>The connection string.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres";

    /// <summary>Starts a server.</summary>
    public static async Task<PrivatePostgres> StartNewAsync()
    {
        if (Obstacle is not null)
        {
            throw new InvalidOperationException(Obstacle);
        }

        var server = new PrivatePostgres();
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts a readable standby of a server.</summary>
    public static async Task<PrivatePostgres> StartStandbyAsync(PrivatePostgres primary)
    {
        var standby = new PrivatePostgres();
        await standby.RunAsync("follow", ("AUTH_POSTGRES_PRIMARY", primary._port));
        return standby;
    }

    /// <summary>Promotes a standby to primary.</summary>
    public Task PromoteAsync() => RunAsync("promote");

    /// <summary>Starts the server again with its data.</summary>
    public Task StartAsync() => RunAsync("start");

    /// <summary>Stops the server cleanly, after its standby has received everything.</summary>
    public Task HaltAsync() => RunAsync("halt");

    /// <summary>Stops the server abruptly, like a power failure.</summary>
    public Task CrashAsync() => RunAsync("crash");

    /// <summary>Suspends the server: connections stay open without responses.</summary>
    public Task FreezeAsync() => RunAsync("freeze");

    /// <summary>Resumes the server.</summary>
    public Task ThawAsync() => RunAsync("thaw");

    public async ValueTask DisposeAsync() => await RunAsync("stop");

    /// <summary>Runs a statement and returns its result.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Database=postgres;Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private async Task RunAsync(string verb, params (string Name, string Value)[] environment) =>
        await Programs.RunAsync(
            Programs.Find("bash")!,
            [Path.Combine(Repository.Root, "build", "postgres.sh"), verb],
            environment: [("AUTH_POSTGRES_DATA", _data.FullName), ("AUTH_POSTGRES_PORT", _port), .. environment]
        );
}
