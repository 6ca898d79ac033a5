using System.Globalization;
using System.Security.Cryptography;
using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Mail;

public sealed class MailKillTests(ITestOutputHelper output)
{
    private const int MailsPerRound = 200;

    [Fact]
    public async Task Killed_instances_lose_no_mail_and_repeat_only_those_they_were_sending()
    {
        using var database = new TestDatabase();
        await using var server = TestMailServer.Start();
        await using var writer = TestService.Start(database, server.Settings, Outbox.RemoveMailWorker);
        (string, string)[] settings = [.. server.Settings.Select(setting => (setting.Item1, setting.Item2!))];
        var rounds = Proof.Rounds(everyTime: 1, full: 20);
        var leased = new HashSet<string>(StringComparer.Ordinal);
        var addresses = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            var mails = Outbox.Addresses(MailsPerRound, string.Create(CultureInfo.InvariantCulture, $"round{round}-"));
            var before = server.Received.Count;
            using (var first = OperatedService.Start(database.Provider, database.ConnectionString, settings))
            using (var second = OperatedService.Start(database.Provider, database.ConnectionString, settings))
            {
                using var firstClient = await first.ListenAsync();
                using var secondClient = await second.ListenAsync();
                var writing = WriteAsync(writer, mails);
                var enough = before + RandomNumberGenerator.GetInt32(MailsPerRound * 3 / 4);
                await Proof.EventuallyAsync(() => Task.FromResult(server.Received.Count >= enough), "the delivery");
                first.Kill();
                second.Kill();
                await writing;
            }

            addresses.AddRange(mails);
            leased.UnionWith(await EndLeasesAsync(writer));
        }

        using var last = OperatedService.Start(database.Provider, database.ConnectionString, settings);
        using var client = await last.ListenAsync();
        for (int waiting; (waiting = await CountWaitingAsync(writer)) > 0; )
        {
            await Proof.EventuallyAsync(async () => await CountWaitingAsync(writer) < waiting, "the next mail");
        }

        database.ShouldBeIntact();
        var repeated = 0;
        foreach (var address in addresses)
        {
            var ids = server.IdsFor(address);
            ids.ShouldNotBeEmpty($"the mail to {address} was lost");
            ids.Distinct().ShouldHaveSingleItem();
            if (ids.Count > 1)
            {
                repeated++;
                leased.ShouldContain(ids[0].Split('@')[0]);
            }
        }

        output.WriteLine(
            $"{database.Provider}: {rounds} times two instances killed, {addresses.Count} mails, none lost, "
                + $"{leased.Count} leased when killed, {repeated} of them sent twice"
        );
    }

    private static async Task WriteAsync(TestService writer, string[] addresses)
    {
        foreach (var part in addresses.Chunk(10))
        {
            await writer.AddMailsAsync(part);
        }
    }

    // As if the time of the leases had passed.
    private static async Task<IReadOnlyList<string>> EndLeasesAsync(TestService writer)
    {
        await using var scope = writer.Services.CreateAsyncScope();
        var leased = scope
            .ServiceProvider.GetRequiredService<AppDbContext>()
            .Mails.Where(mail => mail.NextAttemptAt != null && mail.Attempts > 0);
        var ids = await leased.Select(mail => mail.Id).ToListAsync(TestContext.Current.CancellationToken);
        await leased.ExecuteUpdateAsync(
            update => update.SetProperty(mail => mail.NextAttemptAt, mail => mail.CreatedAt),
            TestContext.Current.CancellationToken
        );
        return [.. ids.Select(id => id.ToString("N"))];
    }

    private static async Task<int> CountWaitingAsync(TestService writer)
    {
        await using var scope = writer.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<AppDbContext>()
            .Mails.CountAsync(mail => mail.NextAttemptAt != null, TestContext.Current.CancellationToken);
    }
}
