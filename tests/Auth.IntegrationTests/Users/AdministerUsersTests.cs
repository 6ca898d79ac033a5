using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class AdministerUsersTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task All_personal_data_of_a_deleted_user_is_erased()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var account = await Account.RegisterAsync(_client);
        await _client
            .SendAsync(
                "POST",
                "/api/auth/login",
                new { email = account.Email, password = "wrong" },
                headers: ("User-Agent", "tell-tale/1.0")
            )
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        fixture.Database.DumpText().ShouldContain("tell-tale/1.0");

        await _client.SendAsync("DELETE", $"/api/users/{account.Id}", bearer: admin.AccessToken).ShouldBeAsync(204);

        var dump = fixture.Database.DumpText();
        dump.ShouldNotContain(account.Email);
        dump.ShouldNotContain("tell-tale/1.0");
        var events = await _client.GetAsync($"/api/audit?userId={account.Id}", admin.AccessToken).ShouldBeAsync(200);
        var items = events["items"]!.AsArray();
        items.Select(item => item!.Text("type")).ShouldBe(["user.deleted", "login.failed", "user.registered"]);
        items[0]!.Text("actorId").ShouldBe(admin.Id.ToString());
        items[0]!.Text("ipAddress").ShouldNotBeEmpty("it is the administrator's");
        items.Skip(1).ShouldAllBe(item => item!["ipAddress"] == null && item["userAgent"] == null);

        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        await _client
            .SendAsync("DELETE", $"/api/users/{account.Id}", bearer: admin.AccessToken)
            .ShouldBeProblemAsync(404, "NOT_FOUND");
        await Account.RegisterAsync(_client, account.Email);
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_deleted()
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        await _client
            .SendAsync("DELETE", $"/api/users/{admin.Id}", bearer: admin.AccessToken)
            .ShouldBeProblemAsync(409, "LAST_ADMINISTRATOR");
    }

    [Fact]
    public async Task Only_administrators_may_change_an_administrator()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var clerk = await _client.RegisterWithAsync(
            admin,
            "users:write",
            "users:delete",
            "sessions:revoke",
            "sessions:read"
        );

        foreach (
            var (method, route) in new[]
            {
                ("DELETE", ""),
                ("DELETE", "/sessions"),
                ("POST", "/disable"),
                ("POST", "/enable"),
            }
        )
        {
            await _client
                .SendAsync(method, $"/api/users/{admin.Id}{route}", bearer: clerk.AccessToken)
                .ShouldBeProblemAsync(403, "FORBIDDEN");
        }

        await _client.GetAsync("/api/auth/me", admin.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task The_sessions_of_a_user_are_listed_and_ended()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var phone = await Account.RegisterAsync(_client);
        var laptop = await phone.LoginAgainAsync(_client);

        var sessions = await _client.GetAsync($"/api/users/{phone.Id}/sessions", admin.AccessToken).ShouldBeAsync(200);
        sessions.AsArray().Select(session => session!.Text("id")).ShouldBe([phone.SessionId, laptop.SessionId]);
        sessions.AsArray().ShouldAllBe(session => !session!["current"]!.GetValue<bool>());

        await _client
            .SendAsync("DELETE", $"/api/users/{phone.Id}/sessions", bearer: admin.AccessToken)
            .ShouldBeAsync(204);

        await phone.ShouldHaveEndedAsync(_client, "admin_revoked");
        await laptop.ShouldHaveEndedAsync(_client, "admin_revoked");
        var problem = await _client
            .GetAsync("/api/auth/me", laptop.AccessToken)
            .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        problem.Text("reason").ShouldBe("admin_revoked");
        var none = await _client.GetAsync($"/api/users/{phone.Id}/sessions", admin.AccessToken).ShouldBeAsync(200);
        none.AsArray().ShouldBeEmpty();

        foreach (var method in new[] { "GET", "DELETE" })
        {
            await _client
                .SendAsync(method, $"/api/users/{Guid.CreateVersion7()}/sessions", bearer: admin.AccessToken)
                .ShouldBeProblemAsync(404, "NOT_FOUND");
        }
    }

    [Fact]
    public async Task Each_permission_lists_the_roles_that_grant_it()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var author = await _client.CreateRoleAsync(admin, "articles:write", "users:read");
        var account = await Account.RegisterAsync(_client);
        await _client.GiveRolesAsync(admin, account, "editor", author);

        var sources = await _client
            .GetAsync($"/api/users/{account.Id}/permissions", admin.AccessToken)
            .ShouldBeAsync(200);

        sources
            .AsArray()
            .Select(source => $"{source!.Text("permission")}: {string.Join(' ', source!.Texts("roles"))}")
            .ShouldBe([$"articles:write: {author}", "roles:read: editor", $"users:read: editor {author}"]);
        await _client
            .GetAsync($"/api/users/{Guid.CreateVersion7()}/permissions", admin.AccessToken)
            .ShouldBeProblemAsync(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Users_get_all_data_stored_about_them()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var phone = await Account.RegisterAsync(_client);
        var laptop = await phone.LoginAgainAsync(_client);
        await _client.PostAsync("/api/auth/logout", new { refreshToken = laptop.RefreshToken }).ShouldBeAsync(204);
        phone = await _client.GiveRolesAsync(admin, phone, "editor");

        var wrong = new { email = phone.Email, password = "not-" + phone.Password };
        await _client.PostAsync("/api/auth/login", wrong).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        var export = await _client.GetAsync("/api/users/me/export", phone.AccessToken).ShouldBeAsync(200);

        export["user"]!.Text("email").ShouldBe(phone.Email);
        var sessions = export["sessions"]!.AsArray();
        sessions.Select(session => session!.Text("id")).ShouldBe([phone.SessionId, laptop.SessionId]);
        sessions[1]!.Text("endReason").ShouldBe("logout");
        export["failedSignIns"]!.AsArray().ShouldHaveSingleItem()!["failures"]!.GetValue<int>().ShouldBe(1);
        var events = export["events"]!.AsArray();
        events
            .Select(item => item!.Text("type"))
            .ShouldBe(["user.registered", "login.succeeded", "logout", "user.roles_changed", "login.failed"]);
        events[0]!.Text("ipAddress").ShouldNotBeEmpty();
        events[3]!["ipAddress"].ShouldBeNull("it is the administrator's");
        export.ToJsonString().ShouldNotContain("bcrypt");
        export.ToJsonString().ShouldNotContain("$2");
    }
}
