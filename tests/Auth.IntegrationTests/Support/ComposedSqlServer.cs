using System.Globalization;
using System.Security.Cryptography;

namespace Auth.IntegrationTests.Support;

/// <summary>The SQL Server of <c>docker-compose.yml</c>, started for the tests under a name and on a port of its own.</summary>
public sealed class ComposedSqlServer : IAsyncDisposable
{
    private readonly string _project = $"auth-tests-{Guid.CreateVersion7():n}";
    private readonly string _password = $"Aa1-{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}";
    private readonly string _port = Ports.FindFree().ToString(CultureInfo.InvariantCulture);

    private ComposedSqlServer() { }

    /// <summary>How to reach it. Its certificate is signed by nobody.</summary>
    public string ConnectionString =>
        $"Server=127.0.0.1,{_port};User Id=sa;Password={_password};TrustServerCertificate=true";

    /// <summary>Why it cannot be started; null if it can.</summary>
    public static async Task<string?> FindObstacleAsync()
    {
        if (Programs.Find("docker") is not { } docker)
        {
            return "Docker is not installed";
        }

        // The client alone runs nothing.
        if (!await Programs.SucceedsAsync(docker, ["version", "--format", "{{.Server.Version}}"]))
        {
            return "no Docker engine answers";
        }

        return await Programs.SucceedsAsync(docker, ["compose", "version"])
            ? null
            : "Docker's compose plugin is not installed";
    }

    /// <summary>Starts it and waits until it is healthy.</summary>
    public static async Task<ComposedSqlServer> StartNewAsync()
    {
        if (await FindObstacleAsync() is { } obstacle)
        {
            throw new InvalidOperationException(
                $"There is no SQL Server to test with: AUTH_TEST_SQLSERVER names none, and {obstacle}."
            );
        }

        var server = new ComposedSqlServer();
        try
        {
            await server.ComposeAsync("up", "--detach", "--wait", "database");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await ComposeAsync("down", "--volumes");

    private async Task ComposeAsync(params string[] arguments) =>
        await Programs.RunAsync(
            Programs.Find("docker")!,
            ["compose", "--project-name", _project, .. arguments],
            directory: Repository.Root,
            environment:
            [
                ("MSSQL_SA_PASSWORD", _password),
                ("MSSQL_PORT", _port),
                // Asked for by the other services of the file, which are not started.
                ("AUTH_DATABASE_PASSWORD", "none"),
                ("AUTH_MASTER_KEY", "none"),
                ("AUTH_ADMIN_EMAIL", "none"),
                ("AUTH_ADMIN_PASSWORD", "none"),
            ]
        );
}
