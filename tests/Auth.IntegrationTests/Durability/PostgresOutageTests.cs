using System.Collections.Concurrent;
using System.Diagnostics;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Durability;

/// <summary>
/// The server stops while the service is under load, and comes back. Nothing depends on how long a response takes;
/// the longest is printed.
/// </summary>
[Trait("Server", "own")]
public sealed class PostgresOutageTests(ITestOutputHelper output)
{
    private readonly ConcurrentDictionary<string, TimeSpan> _longest = new(StringComparer.Ordinal);

    [Fact]
    public async Task A_stopped_server_is_noticed_at_once_and_used_again_when_it_is_back()
    {
        Assert.SkipWhen(PrivatePostgres.Obstacle is not null, PrivatePostgres.Obstacle ?? "");
        await using var postgres = await PrivatePostgres.StartNewAsync();
        using var process = OperatedService.Start(
            "Postgres",
            postgres.ConnectionString + ";Database=auth",
            ("Revocation:MaxStaleness", TimeSpan.FromSeconds(Proof.Rounds(everyTime: 15, full: 60)).ToString("c"))
        );
        using var client = await process.ListenAsync();
        var account = await Account.RegisterAsync(client);
        await using var load = MixedLoad.Start(client);
        await load.WaitAsync(acknowledged: 300);

        await postgres.CrashAsync();

        await client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
        for (var round = 0; round < Proof.Rounds(everyTime: 3, full: 50); round++)
        {
            await EverythingShouldBeRefusedAsync(client, account);
        }

        await StatusShouldBecomeAsync(client, "/api/auth/me", account, 503);
        await Measured("GET /api/auth/me", () => client.GetAsync("/api/auth/me", account.AccessToken))
            .ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");

        await postgres.StartAsync();

        await ShouldRecoverAsync(client, account, load);
        Report(process);
    }

    [Fact]
    public async Task A_hanging_server_times_out_and_is_used_again_when_it_recovers()
    {
        Assert.SkipWhen(PrivatePostgres.Obstacle is not null, PrivatePostgres.Obstacle ?? "");
        await using var postgres = await PrivatePostgres.StartNewAsync();
        using var process = OperatedService.Start("Postgres", postgres.ConnectionString + ";Database=auth");
        using var client = await process.ListenAsync();
        var account = await Account.RegisterAsync(client);
        await using var load = MixedLoad.Start(client);
        await load.WaitAsync(acknowledged: 300);

        await postgres.FreezeAsync();
        try
        {
            for (var round = 0; round < Proof.Rounds(everyTime: 1, full: 10); round++)
            {
                await EverythingShouldBeRefusedAsync(client, account);
            }
        }
        finally
        {
            await postgres.ThawAsync();
        }

        await ShouldRecoverAsync(client, account, load);
        Report(process);
    }

    [Fact]
    public async Task An_unnoticed_restart_fails_no_request()
    {
        Assert.SkipWhen(PrivatePostgres.Obstacle is not null, PrivatePostgres.Obstacle ?? "");
        await using var postgres = await PrivatePostgres.StartNewAsync();
        using var process = OperatedService.Start(
            "Postgres",
            postgres.ConnectionString + ";Database=auth",
            // So that polling for revocations does not find the broken connections first.
            ("Revocation:PollInterval", "00:10:00"),
            ("Revocation:MaxStaleness", "00:20:00")
        );
        using var client = await process.ListenAsync();
        var account = await Account.RegisterAsync(client);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => account.LoginAgainAsync(client)));

        await postgres.CrashAsync();
        await postgres.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => account.LoginAgainAsync(client)));
    }

    private async Task EverythingShouldBeRefusedAsync(HttpClient client, Account account)
    {
        (string Method, string Route, object? Body)[] requests =
        [
            ("POST", "/api/auth/register", new { email = Account.NewEmail(), password = Account.DefaultPassword }),
            ("POST", "/api/auth/login", new { email = account.Email, password = account.Password }),
            ("POST", "/api/auth/refresh", new { refreshToken = account.RefreshToken }),
            ("POST", "/api/auth/logout", new { refreshToken = account.RefreshToken }),
            ("GET", "/api/users/me", null),
        ];
        await Task.WhenAll(
            requests.Select(request =>
                Measured(
                        $"{request.Method} {request.Route}",
                        () => client.SendAsync(request.Method, request.Route, request.Body, account.AccessToken)
                    )
                    .ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE")
            )
        );
        var health = await Measured("GET /health/ready", () => client.GetAsync("/health/ready", bearer: null))
            .ShouldBeAsync(503);
        health["checks"]!.Text("database").ShouldBe("Unhealthy");
        await client.GetAsync("/health/live", bearer: null).ShouldBeAsync(200);
    }

    private static async Task ShouldRecoverAsync(HttpClient client, Account account, MixedLoad load)
    {
        await StatusShouldBecomeAsync(client, "/health/ready", account, 200);
        await StatusShouldBecomeAsync(client, "/api/auth/me", account, 200);
        await load.WaitAsync(acknowledged: 300);
        await load.StopAsync();

        await load.ShouldBeKnownAsync(client);
        account = await account.RefreshAsync(client);
        await client.GetAsync("/api/users/me", account.AccessToken).ShouldBeAsync(200);
        await account.LoginAgainAsync(client);
    }

    private static Task StatusShouldBecomeAsync(HttpClient client, string route, Account account, int status) =>
        Proof.EventuallyAsync(
            async () =>
            {
                using var response = await client.GetAsync(route, account.AccessToken);
                return (int)response.StatusCode == status;
            },
            $"the answer {status} of {route}"
        );

    private async Task<HttpResponseMessage> Measured(string request, Func<Task<HttpResponseMessage>> send)
    {
        var started = Stopwatch.GetTimestamp();
        var response = await send();
        var took = Stopwatch.GetElapsedTime(started);
        _longest.AddOrUpdate(request, took, (_, longest) => took > longest ? took : longest);
        return response;
    }

    private void Report(ServiceProcess process)
    {
        foreach (var (request, took) in _longest)
        {
            output.WriteLine($"{request}: refused after at most {took.TotalMilliseconds:F0} ms");
        }

        output.WriteLine($"{process.Log.Count} lines in the log");
        // One line per request and no stack trace, which would bury everything else.
        process.Log.Where(line => line.Contains("\"Exception\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
