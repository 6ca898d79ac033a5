using System.Collections.Concurrent;
using Auth.Application.Abstractions;
using Auth.IntegrationTests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Startup;

public sealed class BackupRestoreTests
{
    [Fact]
    [Trait("Engine", "Sqlite")]
    public async Task A_copy_of_the_file_taken_under_load_contains_every_acknowledged_change()
    {
        using var database = new TestDatabase();
        Assert.SkipUnless(database.Provider == "Sqlite", "VACUUM INTO is SQLite's; servers have their own tools.");
        using var copy = new TestDatabase();
        var before = new List<Account>();
        await using (var service = TestService.Start(database))
        {
            var acknowledged = new ConcurrentQueue<Account>();
            using var enough = new CancellationTokenSource();
            var load = Enumerable.Range(0, 4).Select(_ => UseAsync(service, acknowledged, enough.Token)).ToList();
            await Proof.EventuallyAsync(() => Task.FromResult(acknowledged.Count >= 20), "the load");

            before.AddRange(acknowledged);
            database.Execute($"VACUUM INTO '{new SqliteConnectionStringBuilder(copy.ConnectionString).DataSource}'");

            await Proof.EventuallyAsync(
                () => Task.FromResult(acknowledged.Count >= before.Count + 10),
                "the load after the copy"
            );
            await enough.CancelAsync();
            await Task.WhenAll(load);

            // Some have been refreshed since.
            for (var i = 0; i < before.Count; i += 2)
            {
                before[i] = await before[i].RefreshAsync(service.Client);
            }
        }

        copy.Scalar("PRAGMA integrity_check").ShouldBe("ok");
        await using var restored = TestService.Start(copy);
        foreach (var account in before)
        {
            await account.RefreshAsync(restored.Client);
        }

        await before[0].LoginAgainAsync(restored.Client);
        var verification = await VerifyAsync(restored, checkpoint: null);
        verification.Faults.ShouldBeEmpty();
        verification.Records.ShouldBeGreaterThanOrEqualTo(before.Count);
    }

    [Fact]
    public async Task A_refresh_token_newer_than_the_backup_continues_the_session()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database);
        var first = await Account.RegisterAsync(service.Client);
        var second = await first.RefreshAsync(service.Client);
        var third = await second.RefreshAsync(service.Client);

        database.Execute("UPDATE \"Sessions\" SET \"Generation\" = 1");

        var fourth = await third.RefreshAsync(service.Client);
        await fourth.RefreshAsync(service.Client);
        database.Count("AuditRecords", "\"Type\" = 'token.reuse_detected'").ShouldBe(0);

        // After the owner's refresh, a token rotated before the restore is reuse once the grace window is over.
        service.Clock.Advance(TimeSpan.FromSeconds(31));
        await service
            .Client.PostAsync("/api/auth/refresh", new { refreshToken = second.RefreshToken })
            .ShouldBeProblemAsync(401, "TOKEN_REUSE_DETECTED");
    }

    [Fact]
    [Trait("Engine", "Sqlite")]
    public async Task A_restored_log_is_detected_by_the_checkpoint_and_can_be_continued()
    {
        using var database = new TestDatabase();
        Assert.SkipUnless(database.Provider == "Sqlite", "VACUUM INTO is SQLite's; servers have their own tools.");
        using var copy = new TestDatabase();
        string checkpoint;
        await using (var service = TestService.Start(database))
        {
            await Account.RegisterAsync(service.Client);
            database.Execute($"VACUUM INTO '{new SqliteConnectionStringBuilder(copy.ConnectionString).DataSource}'");
            await Account.RegisterAsync(service.Client);
            checkpoint = (await VerifyAsync(service, checkpoint: null)).Checkpoint;
        }

        await using var restored = TestService.Start(copy);
        await Account.RegisterAsync(restored.Client);

        (await VerifyAsync(restored, checkpoint)).Faults.ShouldNotBeEmpty();
        (await VerifyAsync(restored, checkpoint: null)).Faults.ShouldBeEmpty();
    }

    private static async Task UseAsync(
        TestService service,
        ConcurrentQueue<Account> acknowledged,
        CancellationToken enough
    )
    {
        while (!enough.IsCancellationRequested)
        {
            var account = await Account.RegisterAsync(service.Client);
            acknowledged.Enqueue(await account.RefreshAsync(service.Client));
        }
    }

    private static async Task<AuditVerification> VerifyAsync(TestService service, string? checkpoint)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<IAuditVerifier>()
            .VerifyAsync(checkpoint, TestContext.Current.CancellationToken);
    }
}
