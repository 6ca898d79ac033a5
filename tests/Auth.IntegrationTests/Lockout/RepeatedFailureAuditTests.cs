using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Lockout;

/// <summary>A later instance has taken over the audit chain: the next command detects that and is retried.</summary>
public sealed class RepeatedFailureAuditTests : IAsyncDisposable
{
    private readonly ServiceFixture _service = new();

    private HttpClient Client => _service.Client;

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_wrong_password_is_counted_and_recorded_once()
    {
        var account = await Account.RegisterAsync(Client);
        await LoseTheChainAsync();

        await Client
            .PostAsync("/api/auth/login", new { email = account.Email, password = LockoutFixture.WrongPassword })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        _service.Database.Count("FailureCounts", "\"Failures\" = 1").ShouldBe(1);
        _service.Database.Count("AuditRecords", "\"Type\" = 'login.failed'").ShouldBe(1);
    }

    [Fact]
    public async Task Password_spraying_is_recorded_once()
    {
        for (var account = 1; account <= 15; account++)
        {
            if (account == 15)
            {
                await LoseTheChainAsync();
            }

            await Client
                .PostAsync(
                    "/api/auth/login",
                    new { email = Account.NewEmail(), password = LockoutFixture.WrongPassword }
                )
                .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }

        _service.Database.Count("AuditRecords", "\"Type\" = 'login.failed'").ShouldBe(15);
        _service.Database.Count("AuditRecords", "\"Type\" = 'login.spraying_detected'").ShouldBe(1);
    }

    [Fact]
    public async Task The_right_password_succeeds_once()
    {
        var account = await Account.RegisterAsync(Client);
        await LoseTheChainAsync();

        var again = await account.LoginAgainAsync(Client);

        var sessions = await Client.GetAsync("/api/auth/sessions", again.AccessToken).ShouldBeAsync(200);
        sessions.AsArray().Count.ShouldBe(2);
        var userId = _service.Database.IdText(account.Id.ToString());
        _service.Database.Count("AuditRecords", $"\"Type\" = 'login.succeeded' AND \"UserId\" = {userId}").ShouldBe(1);
    }

    private async Task LoseTheChainAsync()
    {
        var clock = new TestClock();
        clock.Advance(TimeSpan.FromHours(1));
        await using var late = TestService.Start(_service.Database, clock);
        await Account.RegisterAsync(late.Client);
    }
}
