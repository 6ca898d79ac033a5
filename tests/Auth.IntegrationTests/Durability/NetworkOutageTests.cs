using System.Diagnostics;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Durability;

/// <summary>The network to PostgreSQL is disturbed. Nothing depends on how long a response takes; the longest is printed.</summary>
[Trait("Server", "own")]
public sealed class NetworkOutageTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(ProxyMode.Refuse)]
    [InlineData(ProxyMode.Hang)]
    [InlineData(ProxyMode.Reset)]
    public async Task Every_response_is_503_until_the_database_is_back(ProxyMode mode)
    {
        Assert.SkipWhen(PrivatePostgres.Obstacle is not null, PrivatePostgres.Obstacle ?? "");
        await using var postgres = await PrivatePostgres.StartNewAsync();
        await using var proxy = new TcpProxy(postgres.Port);
        using var process = OperatedService.Start(
            "Postgres",
            $"Host=127.0.0.1;Port={proxy.Port};Username=postgres;Database=auth"
        );
        using var client = await process.ListenAsync();
        var account = await Account.RegisterAsync(client);
        await using var load = MixedLoad.Start(client);
        await load.WaitAsync(acknowledged: 100);

        for (var round = 0; round < Proof.Rounds(everyTime: 1, full: 5); round++)
        {
            proxy.Switch(mode);
            await Readiness.ShouldBecomeAsync(client, 503, mode.ToString(), output);
            await Task.WhenAll(
                Refused("POST", "/api/auth/register", new { email = Account.NewEmail(), password = account.Password }),
                Refused("POST", "/api/auth/login", new { email = account.Email, password = account.Password }),
                Refused("POST", "/api/auth/refresh", new { refreshToken = account.RefreshToken }),
                Refused("POST", "/api/auth/logout", new { refreshToken = account.RefreshToken }),
                Refused("GET", "/api/users/me", body: null)
            );
            await client.GetAsync("/health/live", bearer: null).ShouldBeAsync(200);

            proxy.Switch(ProxyMode.Forward);
            await Readiness.ShouldBecomeAsync(client, 200, "return", output);
            await load.WaitAsync(acknowledged: 100);
        }

        process.Log.Where(line => line.Contains("\"Exception\"", StringComparison.Ordinal)).ShouldBeEmpty();
        await load.StopAfterCutsAsync();
        await load.ShouldBeKnownAsync(client);

        async Task Refused(string method, string route, object? body)
        {
            var started = Stopwatch.GetTimestamp();
            await client
                .SendAsync(method, route, body, account.AccessToken)
                .ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
            output.WriteLine($"{method} {route}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms");
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_at_any_point_never_causes_an_internal_error()
    {
        Assert.SkipWhen(PrivatePostgres.Obstacle is not null, PrivatePostgres.Obstacle ?? "");
        await using var postgres = await PrivatePostgres.StartNewAsync();
        await using var proxy = new TcpProxy(postgres.Port);
        using var process = OperatedService.Start(
            "Postgres",
            $"Host=127.0.0.1;Port={proxy.Port};Username=postgres;Database=auth"
        );
        using var client = await process.ListenAsync();
        await using var load = MixedLoad.Start(client);
        await load.WaitAsync(acknowledged: 100);

        for (var cut = 0; cut < Proof.Rounds(everyTime: 20, full: 500); cut++)
        {
            proxy.CutAll();
            await load.WaitAsync(acknowledged: 5);
        }

        process.Log.Where(line => line.Contains("\"Exception\"", StringComparison.Ordinal)).ShouldBeEmpty();
        await load.StopAfterCutsAsync();
        await load.ShouldBeKnownAsync(client);
    }
}
