using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Durability;

/// <summary>
/// A primary and a standby switch roles while the service is under load. Nothing depends on how long that takes; it is
/// printed.
/// </summary>
[Trait("Server", "own")]
public sealed class DatabaseSwitchoverTests(ITestOutputHelper output)
{
    private const string ReadOnly = "ALTER SYSTEM SET default_transaction_read_only = on";
    private const string ReadWrite = "ALTER SYSTEM RESET default_transaction_read_only";

    [Fact]
    public async Task A_read_only_server_causes_503_until_it_accepts_writes_again()
    {
        Assert.SkipWhen(PrivatePostgres.Obstacle is not null, PrivatePostgres.Obstacle ?? "");
        await using var postgres = await PrivatePostgres.StartNewAsync();
        using var process = OperatedService.Start("Postgres", postgres.ConnectionString + ";Database=auth");
        using var client = await process.ListenAsync();
        var account = await Account.RegisterAsync(client);
        await using var load = MixedLoad.Start(client);
        await load.WaitAsync(acknowledged: 100);

        await SetAsync(postgres, ReadOnly);
        await Readiness.ShouldBecomeAsync(client, 503, "read-only", output);
        await WritesShouldBeRefusedAsync(client, account);
        await client.GetAsync("/api/users/me", account.AccessToken).ShouldBeAsync(200);
        var (exitCode, diagnosis, _) = await ServiceProcess.RunAsync(
            ["doctor"],
            OperatorSettings.For("Postgres", postgres.ConnectionString + ";Database=auth")
        );

        await SetAsync(postgres, ReadWrite);
        await Readiness.ShouldBecomeAsync(client, 200, "writable", output);
        await ShouldGoOnAsync(client, account, load);

        exitCode.ShouldBe(1);
        diagnosis.ShouldContain("rejects writes (25006: cannot execute INSERT in a read-only transaction)");
        process.Log.Where(line => line.Contains("\"Exception\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Primary_and_standby_switch_roles_behind_one_address()
    {
        Assert.SkipWhen(PrivatePostgres.Obstacle is not null, PrivatePostgres.Obstacle ?? "");
        var primary = await PrivatePostgres.StartNewAsync();
        var standby = await PrivatePostgres.StartStandbyAsync(primary);
        try
        {
            await using var proxy = new TcpProxy(primary.Port);
            using var process = OperatedService.Start(
                "Postgres",
                $"Host=127.0.0.1;Port={proxy.Port};Username=postgres;Database=auth"
            );
            using var client = await process.ListenAsync();
            var account = await Account.RegisterAsync(client);
            await using var load = MixedLoad.Start(client);
            for (var round = 0; round < Proof.Rounds(everyTime: 2, full: 6); round++)
            {
                await load.WaitAsync(acknowledged: 100);
                if (round % 2 == 0)
                {
                    // The former primary keeps responding on existing connections.
                    await SetAsync(primary, ReadOnly);
                    await Readiness.ShouldBecomeAsync(client, 503, "read-only primary", output);
                    await WritesShouldBeRefusedAsync(client, account);
                    await WaitForStandbyAsync(primary, standby);
                    await standby.PromoteAsync();
                    proxy.Target = standby.Port;
                }
                else
                {
                    // The address points to the standby before it is promoted.
                    proxy.Target = standby.Port;
                    proxy.CutAll();
                    await Readiness.ShouldBecomeAsync(client, 503, "standby", output);
                    await WritesShouldBeRefusedAsync(client, account);
                    await primary.HaltAsync();
                    await standby.PromoteAsync();
                }

                await Readiness.ShouldBecomeAsync(client, 200, "promotion", output);
                await Proof.EventuallyAsync(
                    async () => round % 2 == 1 || await CountClientsAsync(primary) == 0,
                    "the end of connections to the former primary"
                );
                await ReplaceAsync();
            }

            process.Log.Where(line => line.Contains("\"Exception\"", StringComparison.Ordinal)).ShouldBeEmpty();
            await ShouldGoOnAsync(client, account, load);
        }
        finally
        {
            await primary.DisposeAsync();
            await standby.DisposeAsync();
        }

        async Task ReplaceAsync()
        {
            var former = primary;
            primary = standby;
            standby = await PrivatePostgres.StartStandbyAsync(primary);
            await former.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_new_primary_is_found_among_several_hosts()
    {
        Assert.SkipWhen(PrivatePostgres.Obstacle is not null, PrivatePostgres.Obstacle ?? "");
        await using var first = await PrivatePostgres.StartNewAsync();
        await using var second = await PrivatePostgres.StartStandbyAsync(first);
        using var process = OperatedService.Start(
            "Postgres",
            $"Host=127.0.0.1:{first.Port},127.0.0.1:{second.Port};Target Session Attributes=primary;Username=postgres;"
                + "Database=auth"
        );
        using var client = await process.ListenAsync();
        var account = await Account.RegisterAsync(client);
        await using var load = MixedLoad.Start(client);
        await load.WaitAsync(acknowledged: 100);

        await first.HaltAsync();
        await Readiness.ShouldBecomeAsync(client, 503, "no primary", output);
        await WritesShouldBeRefusedAsync(client, account);
        await second.PromoteAsync();

        await Readiness.ShouldBecomeAsync(client, 200, "promotion", output);
        await ShouldGoOnAsync(client, account, load);
    }

    private static async Task SetAsync(PrivatePostgres server, string statement)
    {
        await server.ScalarAsync(statement);
        await server.ScalarAsync("SELECT pg_reload_conf()");
    }

    private static async Task WritesShouldBeRefusedAsync(HttpClient client, Account account)
    {
        await client
            .PostAsync("/api/auth/register", new { email = Account.NewEmail(), password = Account.DefaultPassword })
            .ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
        await client
            .PostAsync("/api/auth/login", new { email = account.Email, password = account.Password })
            .ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
        await client.GetAsync("/health/live", bearer: null).ShouldBeAsync(200);
    }

    /// <summary>Waits until writing has stopped and the standby has received everything.</summary>
    private static async Task WaitForStandbyAsync(PrivatePostgres primary, PrivatePostgres standby)
    {
        await Proof.EventuallyAsync(
            async () =>
                await primary.ScalarAsync("SELECT COUNT(*) FROM pg_stat_activity WHERE backend_xid IS NOT NULL") is 0L,
            "the end of the last transaction"
        );
        var written = await primary.ScalarAsync("SELECT pg_current_wal_lsn()::text");
        await Proof.EventuallyAsync(
            async () => await standby.ScalarAsync($"SELECT pg_last_wal_replay_lsn() >= '{written}'::pg_lsn") is true,
            "the end of replication"
        );
    }

    private static async Task<long> CountClientsAsync(PrivatePostgres server) =>
        (long)(await server.ScalarAsync("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = 'auth'"))!;

    private static async Task ShouldGoOnAsync(HttpClient client, Account account, MixedLoad load)
    {
        await load.WaitAsync(acknowledged: 100);
        await load.StopAfterCutsAsync();
        await load.ShouldBeKnownAsync(client);
        account = await account.RefreshAsync(client);
        await client.GetAsync("/api/users/me", account.AccessToken).ShouldBeAsync(200);
    }
}
