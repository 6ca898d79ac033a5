using System.Globalization;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Lockout;

public sealed class PasswordSprayingTests : IAsyncLifetime
{
    private const string Address = "203.0.113.7";
    private const int Threshold = 15;

    private static readonly TimeSpan s_window = TimeSpan.FromHours(3);

    private readonly TestDatabase _database = new();
    private TestService? _service;

    private TestService Service => _service!;

    private HttpClient Client => Service.Client;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await Service.DisposeAsync();
        }

        _database.Dispose();
    }

    [Fact]
    public async Task Failures_at_many_accounts_from_one_address_are_reported_once_per_window()
    {
        Start();
        var existing = await Account.RegisterAsync(Client);
        await FailAsync(existing.Email);
        await FailAtAsync(Threshold - 2);
        Reports().ShouldBe(0);

        await FailAtAsync(Threshold);

        Reports().ShouldBe(1);
        _database
            .Count(
                "AuditRecords",
                $"\"Type\" = 'login.spraying_detected' AND \"IpAddress\" = '{Address}' AND \"UserId\" IS NULL"
                    + " AND \"Detail\" = '15 accounts within 03:00:00'"
            )
            .ShouldBe(1);
        var line = Service
            .Log.Lines.Where(line => line.Contains("spraying", StringComparison.OrdinalIgnoreCase))
            .ShouldHaveSingleItem();
        line.ShouldStartWith("Warning ");
        line.ShouldNotContain(Address);

        Service.Clock.Advance(s_window);
        await FailAtAsync(Threshold);
        Reports().ShouldBe(2);
    }

    [Fact]
    public async Task All_spellings_of_an_address_count_as_one_account()
    {
        Start();
        var email = Account.NewEmail();
        for (var i = 0; i < Threshold; i++)
        {
            await FailAsync(i % 2 == 0 ? email : $" {email.ToUpperInvariant()}");
        }

        await FailAtAsync(Threshold - 2);

        Reports().ShouldBe(0);
    }

    [Fact]
    public async Task Failures_of_different_addresses_do_not_add_up()
    {
        Start();
        await FailAtAsync(Threshold - 1);
        await FailAtAsync(Threshold - 1, "203.0.113.8");

        Reports().ShouldBe(0);
    }

    [Fact]
    public async Task Failures_from_one_IPv6_64_network_add_up()
    {
        Start();
        for (var i = 0; i < Threshold; i++)
        {
            await FailAtAsync(1, string.Create(CultureInfo.InvariantCulture, $"2001:db8:1:2::{i + 1}"));
        }

        Reports().ShouldBe(1);
    }

    [Fact]
    public async Task Failures_older_than_the_window_do_not_count()
    {
        Start();
        await FailAtAsync(Threshold - 1);
        Service.Clock.Advance(s_window);

        await FailAtAsync(1);

        Reports().ShouldBe(0);
    }

    [Fact]
    public async Task Failures_on_known_devices_do_not_count()
    {
        Start();
        await FailAtAsync(Threshold - 1);
        var (account, device) = await RegisterOnDeviceAsync();

        await FailAsync(account.Email, device: device);

        Reports().ShouldBe(0);
    }

    [Fact]
    public async Task Addresses_are_not_throttled_by_default()
    {
        Start();
        var account = await Account.RegisterAsync(Client);
        await FailAtAsync(Threshold);

        await LoginAsync(account.Email, account.Password).ShouldBeAsync(200);
    }

    [Fact]
    public async Task If_configured_the_address_is_throttled_except_for_known_devices()
    {
        Start(("Lockout:Spraying:Throttle", "true"));
        var (account, device) = await RegisterOnDeviceAsync();
        await FailAtAsync(Threshold - 1);
        await LoginAsync(account.Email, account.Password).ShouldBeAsync(200);
        Service.Clock.Advance(TimeSpan.FromHours(1));
        await FailAtAsync(1);

        using var response = await LoginAsync(account.Email, account.Password);
        await response.ShouldBeProblemAsync(429, "RATE_LIMITED");
        // Until the first of the fifteen failures leaves the window.
        response.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromHours(1.5), TimeSpan.FromHours(2));
        await LoginAsync(Account.NewEmail(), LockoutFixture.WrongPassword).ShouldBeProblemAsync(429, "RATE_LIMITED");
        _database
            .Count("AuditRecords", "\"Type\" = 'login.throttled' AND \"Detail\" LIKE '%from this address'")
            .ShouldBe(2);

        await LoginAsync(account.Email, account.Password, device: device).ShouldBeAsync(200);
        await LoginAsync(account.Email, account.Password, "203.0.113.8").ShouldBeAsync(200);

        Service.Clock.Advance(TimeSpan.FromHours(2));
        await LoginAsync(account.Email, account.Password).ShouldBeAsync(200);
        Reports().ShouldBe(1);
    }

    [Fact]
    public async Task Disabling_the_lockout_disables_it()
    {
        Start(("Lockout:Enabled", "false"), ("Lockout:Spraying:Throttle", "true"));

        await FailAtAsync(Threshold + 1);

        Reports().ShouldBe(0);
    }

    private void Start(params (string, string?)[] settings) =>
        _service = TestService.Start(
            _database,
            clock: null,
            [("ForwardedHeaders:KnownProxies:0", "127.0.0.1"), .. settings]
        );

    private long Reports() => _database.Count("AuditRecords", "\"Type\" = 'login.spraying_detected'");

    private async Task FailAtAsync(int accounts, string address = Address)
    {
        for (var i = 0; i < accounts; i++)
        {
            await FailAsync(Account.NewEmail(), address);
        }
    }

    private async Task FailAsync(string email, string address = Address, string? device = null) =>
        await LoginAsync(email, LockoutFixture.WrongPassword, address, device)
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

    private Task<HttpResponseMessage> LoginAsync(
        string email,
        string password,
        string address = Address,
        string? device = null
    ) =>
        Client.SendAsync(
            "POST",
            "/api/auth/login",
            new
            {
                email,
                password,
                deviceToken = device,
                refreshTokenIn = "body",
            },
            headers: ("X-Forwarded-For", address)
        );

    private async Task<(Account Account, string Device)> RegisterOnDeviceAsync()
    {
        var account = await Account.RegisterAsync(Client);
        var signIn = await LoginAsync(account.Email, account.Password, device: "").ShouldBeAsync(200);
        return (account, signIn.Text("deviceToken"));
    }
}
