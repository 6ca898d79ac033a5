using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.StepUp;

public sealed class StepUpTests : IAsyncLifetime
{
    private const string Route = "/api/auth/step-up";

    private readonly TestDatabase _database = new();
    private readonly TestService _service;
    private readonly HttpClient _client;

    public StepUpTests()
    {
        _service = TestService.Start(_database);
        _client = _service.Client;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task The_password_makes_an_old_sign_in_recent()
    {
        var account = await Account.RegisterAsync(_client);
        _service.Clock.Advance(TimeSpan.FromMinutes(10));
        account = await account.RefreshAsync(_client);
        using var refused = await _client.SendAsync("DELETE", "/api/auth/sessions", bearer: account.AccessToken);
        var problem = await refused.ShouldBeProblemAsync(401, "STEP_UP_REQUIRED");
        problem["maxAge"]!.GetValue<int>().ShouldBe(600);
        problem.Text("acrValues").ShouldBe("pwd");
        refused
            .Headers.WwwAuthenticate.ToString()
            .ShouldBe("Bearer error=\"insufficient_user_authentication\", max_age=\"600\", acr_values=\"pwd\"");

        var steppedUp = await StepUpAsync(account);

        steppedUp.ShouldHaveMembers("accessToken", "tokenType", "expiresIn", "acr", "authenticatedAt");
        steppedUp.Text("tokenType").ShouldBe("Bearer");
        steppedUp.Text("acr").ShouldBe("pwd");
        steppedUp.ShouldHaveInstant("authenticatedAt").ShouldBe(_service.Clock.GetUtcNow(), TimeSpan.FromSeconds(1));
        var token = steppedUp.Text("accessToken");
        Http.Claims(token).Text("sid").ShouldBe(account.SessionId);
        await _client.SendAsync("DELETE", "/api/auth/sessions", bearer: token).ShouldBeAsync(204);
        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Refreshes_keep_what_the_session_has_proved()
    {
        var account = await Account.RegisterAsync(_client);
        _service.Clock.Advance(TimeSpan.FromMinutes(12));
        account = await account.RefreshAsync(_client);
        var steppedUp = await StepUpAsync(account);
        _service.Clock.Advance(TimeSpan.FromMinutes(9));

        account = await account.RefreshAsync(_client);

        var claims = Http.Claims(account.AccessToken);
        claims["auth_time"]!
            .GetValue<long>()
            .ShouldBe(Http.Claims(steppedUp.Text("accessToken"))["auth_time"]!.GetValue<long>());
        claims.Text("acr").ShouldBe("pwd");
        claims.Texts("amr").ShouldBe(["pwd"]);
        await _client.SendAsync("DELETE", "/api/auth/sessions", bearer: account.AccessToken).ShouldBeAsync(204);
        _service.Clock.Advance(TimeSpan.FromMinutes(1));
        await _client
            .SendAsync("DELETE", "/api/auth/sessions", bearer: account.AccessToken)
            .ShouldBeProblemAsync(401, "STEP_UP_REQUIRED");
    }

    [Fact]
    public async Task A_wrong_password_counts_like_a_failed_sign_in()
    {
        var account = await Account.RegisterAsync(_client);
        for (var i = 0; i < 10; i++)
        {
            using var refused = await _client.PostAsync(Route, new { password = "wrong" }, account.AccessToken);
            await refused.ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
            refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        }

        await _client
            .PostAsync(Route, new { password = account.Password }, account.AccessToken)
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        var admin = await Account.LoginAsAdminAsync(_client);
        var items = (await _client.GetAsync($"/api/audit?userId={account.Id}", admin.AccessToken).ShouldBeAsync(200))[
            "items"
        ]!.AsArray();
        items.Count(item => item!.Text("type") == "step_up.failed" && item!.Text("outcome") == "failure").ShouldBe(10);
        items.ShouldContain(item => item!.Text("type") == "login.throttled");
    }

    [Fact]
    public async Task The_audit_log_records_it()
    {
        var account = await Account.RegisterAsync(_client);

        await StepUpAsync(account);

        var admin = await Account.LoginAsAdminAsync(_client);
        var page = await _client
            .GetAsync($"/api/audit?userId={account.Id}&type=step_up.succeeded", admin.AccessToken)
            .ShouldBeAsync(200);
        page["items"]!.AsArray().ShouldHaveSingleItem()!.Text("sessionId").ShouldBe(account.SessionId);
    }

    [Fact]
    public async Task A_password_is_required() =>
        await _client
            .PostAsync(Route, new { }, (await Account.RegisterAsync(_client)).AccessToken)
            .ShouldBeInvalidAsync("password");

    [Fact]
    public async Task The_current_session_can_be_ended_without_it()
    {
        var account = await Account.RegisterAsync(_client);
        _service.Clock.Advance(TimeSpan.FromMinutes(11));

        await _client
            .SendAsync("DELETE", $"/api/auth/sessions/{account.SessionId}", bearer: account.AccessToken)
            .ShouldBeAsync(204);
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database, clock: null, ("StepUp:MaxAge", "00:00:00"));
        var account = await Account.RegisterAsync(service.Client);
        service.Clock.Advance(TimeSpan.FromMinutes(14));

        await service.Client.SendAsync("DELETE", "/api/auth/sessions", bearer: account.AccessToken).ShouldBeAsync(204);
    }

    private Task<JsonNode> StepUpAsync(Account account) =>
        _client.PostAsync(Route, new { password = account.Password }, account.AccessToken).ShouldBeAsync(200);
}
