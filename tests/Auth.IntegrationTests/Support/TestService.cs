using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Auth.IntegrationTests.Support;

/// <summary>The whole service on a real socket and a real database; only its clock can be advanced.</summary>
public sealed class TestService : IAsyncDisposable
{
    public const string AdminEmail = "root@example.com";
    public const string AdminPassword = "granite-otter-lullaby-19";
    public const string MasterKey = "q1yx3FYw0Zl8m2vQe5tR7uJ9oKdWcXbNhGfSaPiLkMs=";

    private readonly Factory _factory;

    private TestService(Factory factory)
    {
        _factory = factory;
        // A handler without a cookie jar: tests read and send cookies themselves.
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = factory.ClientOptions.BaseAddress,
        };
    }

    public HttpClient Client { get; }

    public TestClock Clock => _factory.Clock;

    public LogSink Log => _factory.Log;

    public IServiceProvider Services => _factory.Services;

    /// <summary>Starts an instance; several may share a database.</summary>
    public static TestService Start(
        TestDatabase database,
        TestClock? clock = null,
        params (string, string?)[] settings
    ) => Start(port: 0, database, clock, settings);

    /// <summary>Starts an instance with some services replaced.</summary>
    public static TestService Start(
        TestDatabase database,
        Action<IServiceCollection> replace,
        TestClock? clock = null,
        params (string, string?)[] settings
    ) => Start(port: 0, database, clock, settings, replace);

    /// <summary>Starts an instance with settings, some of whose services are replaced.</summary>
    public static TestService Start(
        TestDatabase database,
        (string, string?)[] settings,
        Action<IServiceCollection> replace
    ) => Start(port: 0, database, clock: null, settings, replace);

    /// <summary>Starts an instance at an address known in advance, which other programs use as the issuer.</summary>
    public static TestService StartAsIssuer(TestDatabase database, params (string, string?)[] settings)
    {
        var port = Ports.FindFree();
        return Start(port, database, clock: null, [("Jwt:Issuer", $"http://localhost:{port}"), .. settings]);
    }

    private static TestService Start(
        int port,
        TestDatabase database,
        TestClock? clock,
        (string, string?)[] settings,
        Action<IServiceCollection>? replace = null
    )
    {
        // The address is a setting like the others: with UseKestrel(port), the factory changes the addresses while the
        // service may already be starting.
        var url = ("urls", (string?)string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var factory = new Factory(database, clock ?? new TestClock(), [url, .. settings], replace);
        factory.UseKestrel();
        factory.StartServer();
        return new TestService(factory);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
    }

    private sealed class Factory(
        TestDatabase database,
        TestClock clock,
        (string Key, string? Value)[] settings,
        Action<IServiceCollection>? replace
    ) : WebApplicationFactory<Program>
    {
        public TestClock Clock => clock;

        public LogSink Log { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            (string Key, string? Value)[] defaults =
            [
                ("Database:Provider", database.Provider),
                ("ConnectionStrings:Auth", database.ConnectionString),
                ("Security:MasterKey", MasterKey),
                ("Jwt:Issuer", "https://auth.example.com"),
                ("Jwt:Audience", "example"),
                ("Passwords:BcryptCost", "4"),
                ("RateLimiting:Enabled", "false"),
                ("Bootstrap:AdminEmail", AdminEmail),
                ("Bootstrap:AdminPassword", AdminPassword),
                ("Mail:Transport", "None"),
            ];
            foreach (var (key, value) in defaults.Concat(settings))
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureLogging(logging => logging.AddProvider(Log));
            builder.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)).ThrowOnUnorderedRows();
                replace?.Invoke(services);
            });
        }
    }
}
