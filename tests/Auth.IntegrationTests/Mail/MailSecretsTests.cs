using Auth.Domain.Mail;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Mail;

public sealed class MailSecretsTests
{
    [Fact]
    public async Task Neither_addresses_nor_facts_are_readable_in_tables_or_logs()
    {
        const string Accepted = "sentinel-lapwing@example.com";
        const string Rejected = "sentinel-curlew@example.com";
        const string Deferred = "sentinel-plover@example.com";
        using var database = new TestDatabase();
        await using var server = TestMailServer.Start();
        server.Behavior = address =>
            address == Rejected ? MailBehavior.Reject
            : address == Deferred ? MailBehavior.Defer
            : MailBehavior.Accept;
        await using var service = TestService.Start(
            database,
            clock: null,
            [
                .. server.Settings,
                ("Mail:Smtp:UserName", "auth"),
                ("Mail:Smtp:Password", TestMailServer.Password),
                ("Logging:LogLevel:Default", "Trace"),
                ("Logging:LogLevel:Microsoft", "Trace"),
            ]
        );
        await service.AddMailsAsync([Accepted, Rejected, Deferred], MailTemplate.NewDevice);
        await Proof.EventuallyAsync(
            () =>
                Task.FromResult(
                    server.Received.Count == 1
                        && service.Log.Lines.Any(line => line.Contains("was rejected", StringComparison.Ordinal))
                        && service.Log.Lines.Any(line => line.Contains("attempt 1; the next", StringComparison.Ordinal))
                ),
            "the attempts"
        );

        var log = string.Join('\n', service.Log.Lines);
        var stored = database.DumpText();
        database.Count("Mails").ShouldBe(3);
        foreach (var secret in (string[])["sentinel-", "203.0.113.7", "Firefox/140", TestMailServer.Password])
        {
            log.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"{secret} was logged");
            stored.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"{secret} was stored");
        }
    }
}
