using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Audit;

/// <summary>What is recorded for each event: outcome, user, actor, session, origin and details.</summary>
public sealed class AuditRecordTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string NewPassword = "seven-violet-kettles-march";

    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task Sign_ins_and_logouts_are_recorded()
    {
        var account = await Account.RegisterAsync(_client);
        await ShouldBeLastAsync(account, "user.registered", actor: account.Id, session: account.SessionId);

        var phone = await account.LoginAgainAsync(_client);
        await ShouldBeLastAsync(account, "login.succeeded", actor: account.Id, session: phone.SessionId);

        await _client.PostAsync("/api/auth/logout", new { refreshToken = phone.RefreshToken }).ShouldBeAsync(204);
        await ShouldBeLastAsync(account, "logout", actor: account.Id, session: phone.SessionId);

        await _client.PostAsync("/api/auth/logout-all", body: null, account.AccessToken).ShouldBeAsync(204);
        await ShouldBeLastAsync(
            account,
            "logout",
            actor: account.Id,
            session: account.SessionId,
            detail: "all sessions"
        );
    }

    [Fact]
    public async Task Rejected_sign_ins_are_recorded()
    {
        var account = await Account.RegisterAsync(_client);
        const string Wrong = "not-the-one-it-should-be";

        await LoginAsync().ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await ShouldBeLastAsync(account, "login.failed", actor: null, detail: "wrong password", outcome: "failure");

        await _client
            .PostAsync(
                "/api/auth/change-password",
                new { currentPassword = Wrong, newPassword = NewPassword },
                account.AccessToken
            )
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await ShouldBeLastAsync(
            account,
            "login.failed",
            actor: account.Id,
            detail: "wrong current password",
            outcome: "failure"
        );

        for (var failures = 2; failures < 10; failures++)
        {
            await LoginAsync().ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }

        await LoginAsync().ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await ShouldBeLastAsync(
            account,
            "login.throttled",
            actor: null,
            detail: "too many failures on unknown devices",
            outcome: "failure"
        );
        await _client
            .PostAsync("/api/users/me/delete", new { password = account.Password }, account.AccessToken)
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await ShouldBeLastAsync(
            account,
            "login.throttled",
            actor: account.Id,
            detail: "too many failures, at a current password",
            outcome: "failure"
        );

        var admin = await Account.LoginAsAdminAsync(_client);
        await _client.PostAsync($"/api/users/{account.Id}/unlock", body: null, admin.AccessToken).ShouldBeAsync(200);
        await ShouldBeLastAsync(account, "user.unlocked", actor: admin.Id, detail: "10 failures, 2 refused");

        await _client.PostAsync($"/api/users/{account.Id}/disable", body: null, admin.AccessToken).ShouldBeAsync(200);
        await ShouldBeLastAsync(account, "user.disabled", actor: admin.Id);
        await LoginAsync().ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await ShouldBeLastAsync(account, "login.failed", actor: null, detail: "account disabled", outcome: "failure");
        await _client.PostAsync($"/api/users/{account.Id}/enable", body: null, admin.AccessToken).ShouldBeAsync(200);
        await ShouldBeLastAsync(account, "user.enabled", actor: admin.Id);

        Task<HttpResponseMessage> LoginAsync() =>
            _client.PostAsync("/api/auth/login", new { email = account.Email, password = Wrong });
    }

    [Fact]
    public async Task Rejected_sign_ins_on_a_known_device_are_recorded()
    {
        var account = await Account.RegisterAsync(_client);
        var signIn = await LoginAsync(account.Password, deviceToken: "").ShouldBeAsync(200);
        var device = signIn.Text("deviceToken");
        for (var failures = 0; failures < 10; failures++)
        {
            await LoginAsync("not-the-one-it-should-be", device).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }

        await LoginAsync(account.Password, device).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        await ShouldBeLastAsync(
            account,
            "login.throttled",
            actor: null,
            detail: "too many failures on this device",
            outcome: "failure"
        );

        for (var guesses = 0; guesses < 11; guesses++)
        {
            await LoginAsync("not-the-one-it-should-be").ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }

        var admin = await Account.LoginAsAdminAsync(_client);
        await _client.PostAsync($"/api/users/{account.Id}/unlock", body: null, admin.AccessToken).ShouldBeAsync(200);
        await ShouldBeLastAsync(account, "user.unlocked", actor: admin.Id, detail: "20 failures, 2 refused");

        Task<HttpResponseMessage> LoginAsync(string password, string? deviceToken = null) =>
            _client.PostAsync(
                "/api/auth/login",
                new
                {
                    email = account.Email,
                    password,
                    deviceToken,
                    refreshTokenIn = "body",
                }
            );
    }

    [Fact]
    public async Task Signing_in_again_in_the_same_browser_is_recorded()
    {
        var account = await Account.RegisterAsync(_client);

        var signIn = await _client
            .PostAsync(
                "/api/auth/login",
                new { email = account.Email, password = account.Password },
                cookie: $"refreshToken={account.RefreshToken}"
            )
            .ShouldBeAsync(200);

        var admin = await Account.LoginAsAdminAsync(_client);
        var items = await ReadAsync(admin, $"userId={account.Id}&limit=2");
        ShouldBe(Of("login.succeeded"), "login.succeeded", account.Id, signIn.Text("sessionId"), null, "success");
        ShouldBe(Of("session.revoked"), "session.revoked", account.Id, account.SessionId, null, "success");

        JsonNode Of(string type) => items.Single(item => item!.Text("type") == type)!;
    }

    [Fact]
    public async Task Sign_ins_to_unknown_addresses_are_recorded()
    {
        await _client
            .PostAsync("/api/auth/login", new { email = Account.NewEmail(), password = "x" })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        var admin = await Account.LoginAsAdminAsync(_client);
        var refused = (await ReadAsync(admin, "type=login.failed&limit=200")).Where(item => item!["userId"] is null);
        refused.First()!.Text("detail").ShouldBe("unknown e-mail address");
        refused.First()!.Text("outcome").ShouldBe("failure");
    }

    [Fact]
    public async Task Ended_sessions_are_recorded()
    {
        var account = await Account.RegisterAsync(_client);
        var (phone, tablet) = (await account.LoginAgainAsync(_client), await account.LoginAgainAsync(_client));

        await _client
            .SendAsync("DELETE", $"/api/auth/sessions/{phone.SessionId}", bearer: account.AccessToken)
            .ShouldBeAsync(204);
        await ShouldBeLastAsync(account, "session.revoked", actor: account.Id, session: phone.SessionId);

        await _client.SendAsync("DELETE", "/api/auth/sessions", bearer: account.AccessToken).ShouldBeAsync(204);
        await ShouldBeLastAsync(account, "session.revoked", actor: account.Id, session: tablet.SessionId);

        var admin = await Account.LoginAsAdminAsync(_client);
        await _client
            .SendAsync("DELETE", $"/api/users/{account.Id}/sessions", bearer: admin.AccessToken)
            .ShouldBeAsync(204);
        await ShouldBeLastAsync(account, "session.revoked", actor: admin.Id, session: account.SessionId);
    }

    [Fact]
    public async Task Refresh_token_reuse_is_recorded()
    {
        var account = await Account.RegisterAsync(_client);
        var once = await account.RefreshAsync(_client);
        await once.RefreshAsync(_client);
        fixture.Service.Clock.Advance(TimeSpan.FromSeconds(31));

        await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "TOKEN_REUSE_DETECTED");

        await ShouldBeLastAsync(
            account,
            "token.reuse_detected",
            actor: null,
            session: account.SessionId,
            outcome: "failure"
        );
    }

    [Fact]
    public async Task Password_and_role_changes_are_recorded()
    {
        var account = await Account.RegisterAsync(_client);
        await _client
            .PostAsync(
                "/api/auth/change-password",
                new { currentPassword = account.Password, newPassword = NewPassword },
                account.AccessToken
            )
            .ShouldBeAsync(204);
        await ShouldBeLastAsync(account, "password.changed", actor: account.Id, session: account.SessionId);

        var admin = await Account.LoginAsAdminAsync(_client);
        await _client
            .SendAsync(
                "PUT",
                $"/api/users/{account.Id}/roles",
                new { roles = new[] { "viewer", "editor" } },
                admin.AccessToken
            )
            .ShouldBeAsync(200);
        await ShouldBeLastAsync(
            account,
            "user.roles_changed",
            actor: admin.Id,
            detail: "from [viewer] to [editor, viewer]"
        );
    }

    [Fact]
    public async Task Role_changes_are_recorded()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var role = await _client.CreateRoleAsync(admin, "articles:write", "articles:read");
        await ShouldBeLastOfRolesAsync("role.created", $"{role}: [articles:read articles:write]");

        await _client.ReplaceRoleAsync(admin, role, "users:read", "articles:read", "articles:list");
        await ShouldBeLastOfRolesAsync("role.changed", $"{role}: +users:read +articles:list -articles:write");

        await _client
            .SendAsync(
                "PUT",
                $"/api/roles/{role}",
                new { description = "Reads.", permissions = new[] { "users:read", "articles:read", "articles:list" } },
                admin.AccessToken
            )
            .ShouldBeAsync(200);
        await ShouldBeLastOfRolesAsync("role.changed", $"{role}: description");

        await _client.SendAsync("DELETE", $"/api/roles/{role}", bearer: admin.AccessToken).ShouldBeAsync(204);
        await ShouldBeLastOfRolesAsync("role.deleted", $"{role}: [articles:list articles:read users:read]");

        async Task ShouldBeLastOfRolesAsync(string type, string detail) =>
            ShouldBe((await ReadAsync(admin, $"type={type}&limit=1"))[0]!, type, admin.Id, null, detail, "success");
    }

    [Fact]
    public async Task Account_deletion_is_recorded_without_origin_if_by_its_owner()
    {
        var (one, other) = (await Account.RegisterAsync(_client), await Account.RegisterAsync(_client));
        var admin = await Account.LoginAsAdminAsync(_client);

        await _client.SendAsync("DELETE", $"/api/users/{one.Id}", bearer: admin.AccessToken).ShouldBeAsync(204);
        await ShouldBeLastAsync(one, "user.deleted", actor: admin.Id);
        (await ReadAsync(admin, $"userId={one.Id}&type=user.registered"))
            .ShouldHaveSingleItem()!["ipAddress"]
            .ShouldBeNull();

        await _client
            .PostAsync("/api/users/me/delete", new { password = other.Password }, other.AccessToken)
            .ShouldBeAsync(204);
        var deleted = (await ReadAsync(admin, $"userId={other.Id}&limit=1"))[0]!;
        ShouldBe(deleted, "user.deleted", other.Id, null, null, "success", address: null);
        (await ReadAsync(admin, $"userId={other.Id}&type=user.registered"))
            .ShouldHaveSingleItem()!["ipAddress"]
            .ShouldBeNull();
    }

    [Fact]
    public async Task An_administrator_deleting_themselves_is_recorded_without_origin()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var other = await _client.GiveRolesAsync(admin, await Account.RegisterAsync(_client), "admin");

        await _client.SendAsync("DELETE", $"/api/users/{other.Id}", bearer: other.AccessToken).ShouldBeAsync(204);

        var deleted = (await ReadAsync(admin, $"userId={other.Id}&limit=1"))[0]!;
        ShouldBe(deleted, "user.deleted", other.Id, null, null, "success", address: null);
    }

    private async Task ShouldBeLastAsync(
        Account account,
        string type,
        Guid? actor,
        string? session = null,
        string? detail = null,
        string outcome = "success"
    )
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var item = (await ReadAsync(admin, $"userId={account.Id}&limit=1"))[0]!;
        ShouldBe(item, type, actor, session, detail, outcome);
    }

    private static void ShouldBe(
        JsonNode item,
        string type,
        Guid? actor,
        string? session,
        string? detail,
        string outcome,
        string? address = "127.0.0.1"
    )
    {
        var told = new[] { "type", "actorId", "sessionId", "detail", "outcome", "ipAddress" };
        told.Select(name => item[name]?.GetValue<string>())
            .ShouldBe([type, actor?.ToString(), session, detail, outcome, address], item.ToJsonString());
    }

    private async Task<JsonArray> ReadAsync(Account admin, string query) =>
        (await _client.GetAsync($"/api/audit?{query}", admin.AccessToken).ShouldBeAsync(200))["items"]!.AsArray();
}
