using System.Net.Sockets;
using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Startup;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Stopping_under_load_aborts_no_request()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var database = new TestDatabase();
        var answered = 0;
        for (var round = 0; round < Proof.Rounds(1, 50); round++)
        {
            using var process = new ServiceProcess([
                .. OperatorSettings.For(database),
                ("Database:MigrateOnStartup", "true"),
                ("Passwords:BcryptCost", "8"),
                ("RateLimiting:Enabled", "false"),
                ("Shutdown:DrainDelay", "00:00:10"),
                ("Logging:LogLevel:Default", "Warning"),
                ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information"),
            ]);
            using var client = await process.ListenAsync();
            List<Client> clients = [];
            for (var i = 0; i < 15; i++)
            {
                clients.Add(new(client.BaseAddress!, await Account.RegisterAsync(client), (Kind)(i % 5)));
            }

            var running = clients.ConvertAll(one => one.RunAsync());
            await Task.WhenAll(clients.Select(one => one.IsWarm));
            process.Terminate();
            await Task.WhenAll(running);

            var (exitCode, _, errors) = await process.WaitAsync();
            exitCode.ShouldBe(0);
            errors.ShouldBeEmpty();
            answered += clients.Sum(one => one.Answered);
        }

        TestContext.Current.SendDiagnosticMessage($"{answered} requests answered, none cut");
    }

    private enum Kind
    {
        Me,
        MeFromDatabase,
        Refresh,
        Login,
        Ready,
    }

    /// <summary>Sends one request after the other, like a client behind a load balancer.</summary>
    private sealed class Client(Uri address, Account account, Kind kind)
    {
        private readonly TaskCompletionSource _isWarm = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string _refreshToken = account.RefreshToken;

        public Task IsWarm => _isWarm.Task;

        public int Answered { get; private set; }

        /// <summary>
        /// Until the server announces that it closes the connection; then once more on a new one, which gets a response if it is
        /// accepted at all.
        /// </summary>
        public async Task RunAsync()
        {
            try
            {
                await using var kept = new KeptConnection(address);
                while (!kept.IsClosed)
                {
                    await SendAsync(kept, isStopping: false);
                    if (Answered == 5)
                    {
                        _isWarm.SetResult();
                    }
                }

                await using var last = new KeptConnection(address);
                await SendAsync(last, isStopping: true);
                last.IsClosed.ShouldBeTrue();
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // It has already exited.
            }
            finally
            {
                _isWarm.TrySetResult();
            }
        }

        private async Task SendAsync(KeptConnection connection, bool isStopping)
        {
            var (status, body) = await (
                kind switch
                {
                    Kind.Me => connection.SendAsync("GET /api/auth/me", account.AccessToken, json: null),
                    Kind.MeFromDatabase => connection.SendAsync("GET /api/users/me", account.AccessToken, json: null),
                    Kind.Refresh => connection.SendAsync(
                        "POST /api/auth/refresh",
                        bearer: null,
                        $$"""{"refreshToken":"{{_refreshToken}}"}"""
                    ),
                    Kind.Login => connection.SendAsync(
                        "POST /api/auth/login",
                        bearer: null,
                        $$"""{"email":"{{account.Email}}","password":"{{account.Password}}"}"""
                    ),
                    _ => connection.SendAsync("GET /health/ready", bearer: null, json: null),
                }
            );
            if (kind != Kind.Ready)
            {
                status.ShouldBe(200, body);
            }
            else if (isStopping)
            {
                status.ShouldBe(503, body);
            }

            Answered++;
            if (kind == Kind.Refresh)
            {
                _refreshToken = JsonNode.Parse(body)!.Text("refreshToken");
            }
        }
    }
}
