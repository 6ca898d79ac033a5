using System.Diagnostics;
using Auth.Application.Abstractions;
using Auth.Domain.Roles;
using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Auth.IntegrationTests.Sql;

/// <summary>
/// The drivers' own errors when a database is unavailable, full, read-only or wrong, and how they are handled. SQL Server is
/// simulated by a small part of its protocol; SqlClient is real.
/// </summary>
public sealed class DatabaseOutageTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Sentinel = "s3ntinel@example.com";

    private readonly FakeSqlServer _server = new();
    private readonly LogSink _log = new();

    [Theory]
    [InlineData(976, 14)] // a replica that cannot be read
    [InlineData(983, 14)] // a replica that is neither primary nor secondary
    [InlineData(3906, 16)] // a read-only database
    [InlineData(9002, 17)] // a full log
    [InlineData(1105, 17)] // a full disk
    [InlineData(701, 17)] // no memory
    [InlineData(6005, 14)] // a server that is shutting down
    [InlineData(596, 21)] // a session that was killed
    [InlineData(4060, 11)] // a database that does not exist
    [InlineData(10928, 16)] // a limit of Azure SQL
    public async Task Database_failures_are_unavailable(int number, byte severity)
    {
        await using var services = Build(Connect(_server.Port));
        _server.Failure = (number, severity, "It cannot be done.");

        var failure = await Should.ThrowAsync<ServiceUnavailableException>(() => WriteAsync(services));

        failure.Reason.ShouldNotBeNull().ShouldContain($"({number})");
        (await CheckHealthAsync(services)).ShouldBe(HealthStatus.Unhealthy);

        _server.Failure = null;
        await WriteAsync(services);
        (await CheckHealthAsync(services)).ShouldBe(HealthStatus.Healthy);
    }

    [Theory]
    [InlineData(
        2601,
        "Cannot insert duplicate key row in object 'dbo.Users'. The duplicate key value is (" + Sentinel + ")."
    )]
    [InlineData(2627, "Violation of PRIMARY KEY constraint 'PK'. The duplicate key value is (" + Sentinel + ").")]
    [InlineData(2628, "String or binary data would be truncated in column 'X'. Truncated value: '" + Sentinel + "'.")]
    [InlineData(245, "Conversion failed when converting the nvarchar value '" + Sentinel + "' to data type int.")]
    public async Task No_value_in_the_text_of_an_error_reaches_a_log(int number, string text)
    {
        await using var services = Build(Connect(_server.Port));
        _server.Failure = (number, 14, text);

        var failure = await Should.ThrowAsync<Exception>(() => WriteAsync(services));
        var saved = await Should.ThrowAsync<Exception>(() =>
            AskAsync(
                services,
                context =>
                {
                    context.Add(
                        Role.Create(RoleName.From("author"), description: null, ["articles:read"], 1, SqlRecorder.Now)
                    );
                    return context.SaveChangesAsync();
                }
            )
        );

        _log.Lines.ShouldAllBe(line => !line.Contains(Sentinel, StringComparison.Ordinal));
        foreach (var thrown in new[] { failure, saved })
        {
            if (DatabaseError.IsLostRace(thrown))
            {
                // The command is retried and finally returns CONCURRENT_UPDATE.
                continue;
            }

            var shown = thrown.ShouldBeOfType<DatabaseErrorException>().ToString();
            shown.ShouldNotContain(Sentinel);
            shown.ShouldContain($"SQL Server error {number}");
        }

        (number is 2601 or 2627).ShouldBe(DatabaseError.IsLostRace(failure));
        failure.ToString().ShouldContain(nameof(WriteProbe));
    }

    [Theory]
    [InlineData(ProxyMode.Refuse)]
    [InlineData(ProxyMode.Hang)]
    [InlineData(ProxyMode.Reset)]
    public async Task SqlClient_recovers_when_the_server_is_back(ProxyMode mode)
    {
        await using var proxy = new TcpProxy(_server.Port);
        await using var services = Build(Connect(proxy.Port));
        await WriteAsync(services);
        var recovery = services.GetServices<IHostedService>().OfType<DatabaseRecovery>().Single();
        await recovery.StartAsync(TestContext.Current.CancellationToken);

        proxy.Switch(mode);
        for (var round = 0; round < Proof.Rounds(everyTime: 2, full: 20); round++)
        {
            var asked = Stopwatch.GetTimestamp();
            var failures = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(_ => Should.ThrowAsync<ServiceUnavailableException>(() => WriteAsync(services)))
            );
            failures.ShouldAllBe(failure => failure.Reason!.Length > "Success".Length);
            output.WriteLine($"{mode}: 8 refused within {Stopwatch.GetElapsedTime(asked).TotalMilliseconds:F0} ms");
            (await CheckHealthAsync(services)).ShouldBe(HealthStatus.Unhealthy);
        }

        await LineAsync("The database cannot be written: ");
        proxy.Switch(ProxyMode.Forward);
        var returned = Stopwatch.GetTimestamp();
        await LineAsync("The database can be written again");

        // Immediately: SqlClient would keep refusing connections without trying.
        await WriteAsync(services);
        output.WriteLine(
            $"{mode}: written {Stopwatch.GetElapsedTime(returned).TotalMilliseconds:F0} ms after the return"
        );
        (await CheckHealthAsync(services)).ShouldBe(HealthStatus.Healthy);
        await recovery.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(DatabaseProvider.SqlServer, "Server=nowhere.invalid;Database=auth;User Id=ada;Password=secret")]
    [InlineData(DatabaseProvider.Postgres, "Host=nowhere.invalid;Database=auth;Username=ada;Password=secret")]
    public async Task A_name_that_cannot_be_resolved_is_unavailable(DatabaseProvider engine, string connectionString)
    {
        await using var services = Build(connectionString, engine);
        var asked = Stopwatch.GetTimestamp();

        var failure = await Should.ThrowAsync<ServiceUnavailableException>(() => WriteAsync(services));

        output.WriteLine($"{engine}: {Stopwatch.GetElapsedTime(asked).TotalMilliseconds:F0} ms, {failure.Reason}");
        (await CheckHealthAsync(services)).ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_is_unavailable()
    {
        await using var services = Build(Connect(_server.Port) + ";Max Pool Size=1;Connect Timeout=1");
        await using var scope = services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<AppDbContext>()
            .Database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<ServiceUnavailableException>(() => WriteAsync(services));

        failure.Message.ShouldBe("The database has reached a limit.");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Connect(int port) =>
        $"Server=127.0.0.1,{port};Database=auth;User Id=ada;Password=secret;Encrypt=false";

    private ServiceProvider Build(string connectionString, DatabaseProvider engine = DatabaseProvider.SqlServer) =>
        SqlRecorder.Build(engine, connectionString, new Bystander(), _log, LogLevel.Trace);

    private static Task WriteAsync(IServiceProvider services) =>
        AskAsync(
            services,
            async context =>
            {
                await WriteProbe.RunAsync(context, TestContext.Current.CancellationToken);
                return 0;
            }
        );

    /// <summary>Runs an action on the database like a use case.</summary>
    private static async Task AskAsync(IServiceProvider services, Func<AppDbContext, Task<int>> work)
    {
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await new DatabaseFailureBehavior<Request, int>(services.GetRequiredService<DatabaseRecovery>()).Handle(
            new Request(),
            TestContext.Current.CancellationToken,
            () => work(context)
        );
    }

    private static async Task<HealthStatus> CheckHealthAsync(IServiceProvider services)
    {
        var report = await services
            .GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name == "database", TestContext.Current.CancellationToken);
        return report.Status;
    }

    private Task LineAsync(string text) =>
        Proof.EventuallyAsync(
            () => Task.FromResult(_log.Lines.Any(line => line.Contains(text, StringComparison.Ordinal))),
            $"a line with {text}"
        );

    private sealed record Request : IRequest<int>;

    /// <summary>Changes nothing.</summary>
    private sealed class Bystander : DbCommandInterceptor;
}
