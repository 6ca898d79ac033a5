using DotNet.Testcontainers.Builders;
using Testcontainers.MsSql;

namespace Auth.IntegrationTests.Support;

/// <summary>A SQL Server container, started for the tests and removed after the last one.</summary>
public sealed class ContainerSqlServer : IAsyncDisposable
{
    // The image of docker-compose.yml.
    private const string Image = "mcr.microsoft.com/mssql/server:2022-latest";

    private readonly MsSqlContainer _container;

    private ContainerSqlServer(MsSqlContainer container) => _container = container;

    /// <summary>The connection string. Its certificate is self-signed.</summary>
    public string ConnectionString => _container.GetConnectionString();

    /// <summary>Why it cannot be started; null if it can.</summary>
    public static string? FindObstacle()
    {
        try
        {
            _ = new MsSqlBuilder(Image).Build();
            return null;
        }
        catch (DockerUnavailableException)
        {
            return "no container engine answers";
        }
    }

    /// <summary>Starts it and waits until it responds.</summary>
    public static async Task<ContainerSqlServer> StartNewAsync()
    {
        if (FindObstacle() is { } obstacle)
        {
            throw new InvalidOperationException(
                $"There is no SQL Server to test with: AUTH_TEST_SQLSERVER names none, and {obstacle}."
            );
        }

        var container = new MsSqlBuilder(Image).Build();
        try
        {
            await container.StartAsync();
            return new ContainerSqlServer(container);
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
