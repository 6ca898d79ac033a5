using System.Globalization;
using Auth.Domain.Mail;
using Auth.Infrastructure.Mail;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Mail;

public sealed class MailDeliveryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly TestMailServer _server = TestMailServer.Start();
    private TestService? _service;

    private TestService Service => _service!;

    public ValueTask InitializeAsync()
    {
        _service = TestService.Start(_database, clock: null, _server.Settings);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await _server.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task A_mail_arrives_once_it_was_stored()
    {
        await Service.AddMailsAsync(["ada@example.com"], MailTemplate.NewDevice, "de");
        await ReceivedAsync(1);

        var mail = _server.Received.Single();
        mail.Subject.ShouldBe("Neue Anmeldung bei Ihrem Konto");
        mail.From.ToString().ShouldBe("\"Example\" <noreply@example.com>");
        mail.To.ToString().ShouldBe("ada@example.com");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        mail.Body!.Headers["Content-Language"].ShouldBe("de");
        mail.MessageId.ShouldEndWith("@example.com");
        mail.TextBody!.ShouldContain("IP-Adresse: 203.0.113.7");
        mail.TextBody!.ShouldContain("Gerät: Firefox, Linux");
        mail.HtmlBody!.ShouldContain("<html lang=\"de\">");
        await IsDoneAsync();
        Count("\"SentAt\" IS NOT NULL").ShouldBe(1);
    }

    [Fact]
    public async Task Connections_are_used_again()
    {
        await Service.AddMailsAsync(Outbox.Addresses(50));
        await ReceivedAsync(50);
        _server.Sessions.ShouldBeInRange(1, 8);
        await IsDoneAsync();
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_given_up_and_the_others_are_not_affected()
    {
        _server.Behavior = address => address == "reader2@example.com" ? MailBehavior.Reject : MailBehavior.Accept;
        await Service.AddMailsAsync(Outbox.Addresses(5));
        await ReceivedAsync(4);
        await IsDoneAsync();
        Count("\"Failure\" = 'Rejected'").ShouldBe(1);
        (await HealthAsync()).ShouldBe("Healthy");
    }

    [Fact]
    public async Task A_mail_that_is_deferred_is_sent_again_with_the_same_id_and_the_same_text()
    {
        _server.Behavior = _ => MailBehavior.DropAfterData;
        await Service.AddMailsAsync(["ada@example.com"]);
        await IsPostponedAsync();
        _server.Behavior = _ => MailBehavior.Defer;
        Advance(TimeSpan.FromSeconds(11));
        await IsPostponedAsync(attempts: 2);
        _server.Behavior = _ => MailBehavior.Accept;
        Advance(TimeSpan.FromSeconds(21));
        await IsDoneAsync();

        // The first was accepted, but nobody could know.
        var mails = _server.Received.ToArray();
        mails.Length.ShouldBe(2);
        mails[1].ToString().ShouldBe(mails[0].ToString());
        Service.Log.Lines.ShouldContain(line =>
            line.Contains("could not be sent, attempt 2", StringComparison.Ordinal)
            && line.Contains("the server answered 451", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_on_in_time()
    {
        _server.Behavior = _ => MailBehavior.Hang;
        Service.Clock.Advance(-TimeSpan.FromDays(1));
        await Service.AddMailsAsync(["ada@example.com"]);
        await Proof.EventuallyAsync(() => Task.FromResult(Count("\"Attempts\" = 1") == 1), "the first attempt");
        await Service.DisposeAsync();

        // Not even the service's shutdown waits for it; the next attempt is made once the lease has ended.
        _server.Behavior = _ => MailBehavior.Accept;
        _service = TestService.Start(_database, clock: null, _server.Settings);
        await ReceivedAsync(1);
        await IsDoneAsync();
    }

    [Fact]
    public async Task A_server_that_hangs_holds_few_connections_and_all_mails_arrive_once_it_recovers()
    {
        _server.Behavior = _ => MailBehavior.Hang;
        var addresses = Outbox.Addresses(50);
        await Service.AddMailsAsync(addresses);
        await Proof.EventuallyAsync(() => Task.FromResult(_server.Hanging == MailWorker.MaxParallel), "connections");
        Service.WakeMailWorker();
        (await Service.CountAttemptsAsync()).ShouldBe(MailWorker.MaxParallel);
        _server.Sessions.ShouldBe(MailWorker.MaxParallel);

        await _server.DisposeAsync();
        await using var server = TestMailServer.Start(_server.Port);
        await ArriveAsync(server, addresses);
    }

    [Fact]
    public async Task A_server_that_is_away_costs_an_attempt_at_a_time()
    {
        await _server.DisposeAsync();
        var addresses = Outbox.Addresses(100);
        await Service.AddMailsAsync(addresses);
        await Proof.EventuallyAsync(
            async () =>
                CountFailures() >= MailWorker.MaxParallel && await Service.CountAttemptsAsync() == CountFailures(),
            "the first attempts"
        );
        // Few more than were running when the last of them failed.
        (await Service.CountAttemptsAsync()).ShouldBeLessThan(addresses.Length / 2);

        await using var server = TestMailServer.Start(_server.Port);
        await ArriveAsync(server, addresses);
    }

    [Fact]
    public async Task All_mails_arrive_after_the_server_was_away_for_an_hour()
    {
        await _server.DisposeAsync();
        var addresses = Outbox.Addresses(20);
        await Service.AddMailsAsync(addresses);
        for (var minute = 0; minute < 60; minute += 10)
        {
            await AllAttemptedAsync();
            Advance(TimeSpan.FromMinutes(10));
        }

        await AllAttemptedAsync();
        (await HealthAsync()).ShouldBe("Degraded");
        await using var server = TestMailServer.Start(_server.Port);
        Advance(TimeSpan.FromHours(1));
        await Proof.EventuallyAsync(
            () =>
            {
                Service.WakeMailWorker();
                return Task.FromResult(server.Received.Count == addresses.Length);
            },
            "the delivery"
        );
        await IsDoneAsync();
        addresses.ShouldAllBe(address => server.IdsFor(address).Count == 1);
        Count("\"SentAt\" IS NOT NULL").ShouldBe(addresses.Length);
        (await HealthAsync()).ShouldBe("Healthy");
    }

    [Fact]
    public async Task A_mail_that_could_not_be_delivered_for_a_day_is_given_up_and_reported()
    {
        await _server.DisposeAsync();
        await Service.AddMailsAsync(["ada@example.com"]);
        await IsPostponedAsync();
        Advance(TimeSpan.FromHours(24));
        await IsDoneAsync();
        Count("\"Failure\" = 'Expired'").ShouldBe(1);
        (await HealthAsync()).ShouldBe("Degraded");
        await Proof.EventuallyAsync(
            () =>
                Task.FromResult(
                    Service.Log.Lines.Any(line =>
                        line.Contains("was given up after 2 attempts", StringComparison.Ordinal)
                    )
                ),
            "the line in the log, which follows the change in the database"
        );

        Service.Clock.Advance(TimeSpan.FromDays(3));
        await Service.CleanUpAsync();
        Count().ShouldBe(0);
    }

    [Fact]
    public async Task Two_instances_send_every_mail_once()
    {
        await using var second = TestService.Start(_database, Service.Clock, _server.Settings);
        var addresses = Outbox.Addresses(Proof.Rounds(everyTime: 200, full: 2000));
        var started = TimeProvider.System.GetTimestamp();
        foreach (var part in addresses.Chunk(100))
        {
            await Task.WhenAll(Service.AddMailsAsync(part[..50]), second.AddMailsAsync(part[50..]));
        }

        await ReceivedAsync(addresses.Length);
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        await IsDoneAsync();
        addresses.ShouldAllBe(address => _server.IdsFor(address).Count == 1);
        output.WriteLine(
            FormattableString.Invariant(
                $"{_database.Provider}: {addresses.Length / elapsed.TotalSeconds:F0} mails a second from two instances"
            )
        );
    }

    private void Advance(TimeSpan time)
    {
        Service.Clock.Advance(time);
        Service.WakeMailWorker();
    }

    private int Count(string condition = "1 = 1") =>
        Convert.ToInt32(
            _database.Scalar($"SELECT COUNT(*) FROM \"Mails\" WHERE {condition}"),
            CultureInfo.InvariantCulture
        );

    private int CountFailures() =>
        Service.Log.Lines.Count(line => line.Contains("could not be sent, attempt", StringComparison.Ordinal));

    private async Task ArriveAsync(TestMailServer server, string[] addresses)
    {
        Advance(TimeSpan.FromSeconds(11));
        await Proof.EventuallyAsync(
            () =>
            {
                Service.WakeMailWorker();
                return Task.FromResult(server.Received.Count == addresses.Length);
            },
            "the delivery"
        );
        await IsDoneAsync();
        addresses.ShouldAllBe(address => server.IdsFor(address).Count == 1);
    }

    private Task ReceivedAsync(int count) =>
        Proof.EventuallyAsync(() => Task.FromResult(_server.Received.Count >= count), "the delivery");

    private Task IsDoneAsync() =>
        Proof.EventuallyAsync(() => Task.FromResult(Count("\"NextAttemptAt\" IS NOT NULL") == 0), "the end");

    private Task IsPostponedAsync(int attempts = 1) =>
        Proof.EventuallyAsync(
            () =>
                Task.FromResult(
                    Service.Log.Lines.Any(line =>
                        line.Contains(
                            FormattableString.Invariant($"could not be sent, attempt {attempts};"),
                            StringComparison.Ordinal
                        )
                    )
                ),
            "a failed attempt"
        );

    // Every mail that is due has been attempted, and no attempt is running.
    private Task AllAttemptedAsync() =>
        Proof.EventuallyAsync(
            async () =>
            {
                Service.WakeMailWorker();
                return await Service.CountDueMailsAsync() == 0 && await Service.CountAttemptsAsync() == CountFailures();
            },
            "all attempts"
        );

    private async Task<string> HealthAsync()
    {
        await Service.CountMailsAsync();
        var health = await Service.Client.GetAsync("/health", TestContext.Current.CancellationToken).ShouldBeAsync(200);
        return health["checks"]!.Text("mail");
    }
}
