using System.Data.Common;
using System.Net;
using Auth.Infrastructure.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Auth.Bench.Data;

/// <summary>The whole service in this process, on a real socket and a real database.</summary>
internal sealed class BenchService : IAsyncDisposable
{
    public const string AdminEmail = "admin@example.com";
    public const string Password = "granite-otter-lullaby-19";

    private readonly Factory _factory;

    private BenchService(Factory factory, DatabaseProvider provider, string connectionString)
    {
        _factory = factory;
        Provider = provider;
        ConnectionString = connectionString;
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = factory.ClientOptions.BaseAddress,
            DefaultRequestVersion = HttpVersion.Version11,
        };
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _factory.Services;

    /// <summary>Starts the service, which migrates the database.</summary>
    public static BenchService Start(DatabaseProvider provider, string connectionString)
    {
        var factory = new Factory(provider, connectionString);
        factory.UseKestrel();
        factory.StartServer();
        return new BenchService(factory, provider, connectionString);
    }

    /// <summary>Opens a direct connection to the database.</summary>
    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteConnection(ConnectionString),
            DatabaseProvider.Postgres => new NpgsqlConnection(ConnectionString),
            _ => throw new NotSupportedException($"There is no generator for {Provider}."),
        };
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Runs an action with the service's own DbContext.</summary>
    public async Task<T> WithContextAsync<T>(Func<AppDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
    }

    private sealed class Factory(DatabaseProvider provider, string connectionString) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseContentRoot(Directory.GetCurrentDirectory());
            (string Key, string Value)[] settings =
            [
                ("urls", "http://127.0.0.1:0"),
                ("Database:Provider", provider.ToString()),
                ("Database:MigrateOnStartup", "true"),
                ("ConnectionStrings:Auth", connectionString),
                ("Security:MasterKey", "T0n2gV8yq5cLrXwZ4hJ6mB1sKdFpEuRi7aYoQxWvGkM="),
                ("Jwt:Issuer", "https://auth.example.com"),
                ("Jwt:Audience", "example"),
                ("Jwt:AccessTokenLifetime", "01:00:00"),
                // Cheap, so that the database dominates.
                ("Passwords:BcryptCost", "4"),
                ("RateLimiting:Enabled", "false"),
                // Polled by the comparison itself.
                ("Revocation:PollInterval", "00:01:00"),
                ("Revocation:MaxStaleness", "23:00:00"),
                ("Bootstrap:AdminEmail", AdminEmail),
                ("Bootstrap:AdminPassword", Password),
                ("Logging:LogLevel:Default", "Critical"),
                ("Logging:LogLevel:Microsoft", "Critical"),
                ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Critical"),
            ];
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }
        }
    }
}
