using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class ChangeUserRolesTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task All_roles_are_replaced()
    {
        var account = await Account.RegisterAsync(_client);

        (await PutAsync(account, "editor", "viewer", "editor").ShouldBeAsync(200))
            .ShouldBeUser()
            .Texts("roles")
            .ShouldBe(["editor", "viewer"]);
        var user = await PatchAsync(account, "editor").ShouldBeAsync(200);
        user.ShouldBeUser().Texts("roles").ShouldBe(["editor"]);
        user.Texts("permissions").ShouldBe(["roles:read", "users:read"]);
        (await PutAsync(account).ShouldBeAsync(200))["roles"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_old_access_token_is_revoked_and_the_next_refresh_carries_the_new_roles()
    {
        var account = await Account.RegisterAsync(_client);

        await PatchAsync(account, "editor").ShouldBeAsync(200);

        var revoked = await _client
            .GetAsync("/api/auth/me", account.AccessToken)
            .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        revoked.Text("reason").ShouldBe("roles_changed");
        revoked["refresh"]!.GetValue<bool>().ShouldBeTrue();
        var refreshed = await account.RefreshAsync(_client);
        refreshed.SignIn["user"]!.Texts("roles").ShouldBe(["editor"]);
        Http.Claims(refreshed.AccessToken).Texts("permissions").ShouldBe(["roles:read", "users:read"]);
        await _client.GetAsync("/api/users", refreshed.AccessToken).ShouldBeAsync(200);

        await PatchAsync(account, "viewer").ShouldBeAsync(200);
        await _client.GetAsync("/api/users", refreshed.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        refreshed = await refreshed.RefreshAsync(_client);
        await _client.GetAsync("/api/users", refreshed.AccessToken).ShouldBeProblemAsync(403, "FORBIDDEN");
    }

    [Fact]
    public async Task An_access_token_issued_before_a_change_does_not_become_valid_again_with_the_role()
    {
        var account = await Account.RegisterAsync(_client);
        await PatchAsync(account, "editor").ShouldBeAsync(200);
        var editor = await account.RefreshAsync(_client);

        await PatchAsync(account, "viewer").ShouldBeAsync(200);
        await PatchAsync(account, "editor").ShouldBeAsync(200);

        await _client.GetAsync("/api/users", editor.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task Assigning_the_same_roles_again_changes_nothing()
    {
        var account = await Account.RegisterAsync(_client);

        await PatchAsync(account, "viewer").ShouldBeAsync(200);

        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task An_unknown_role_is_rejected_and_nothing_is_changed()
    {
        var account = await Account.RegisterAsync(_client);

        await PutAsync(account, "editor", "no-such-role").ShouldBeInvalidAsync("roles");
        await PatchAsync(account, "no-such-role").ShouldBeInvalidAsync("role");

        var me = await _client.GetAsync("/api/users/me", account.AccessToken).ShouldBeAsync(200);
        me.Texts("roles").ShouldBe(["viewer"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" editor")]
    public async Task Invalid_role_names_are_rejected(string name)
    {
        var account = await Account.RegisterAsync(_client);

        await PutAsync(account, name).ShouldBeInvalidAsync("roles");
        await PatchAsync(account, name).ShouldBeInvalidAsync("role");
    }

    [Fact]
    public async Task Roles_are_required()
    {
        var account = await Account.RegisterAsync(_client);
        var admin = await Account.LoginAsAdminAsync(_client);

        await SendAsync("PUT", "roles", "{}").ShouldBeInvalidAsync("roles");
        await SendAsync("PUT", "roles", """{"roles":null}""").ShouldBeInvalidAsync("roles");
        await SendAsync("PUT", "roles", """{"roles":[null]}""").ShouldBeInvalidAsync("roles");
        await SendAsync("PUT", "roles", """{"roles":"editor"}""").ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
        await SendAsync("PUT", "roles", """{"roles":[1]}""").ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
        await SendAsync("PUT", "roles", """["editor"]""").ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
        await SendAsync("PATCH", "role", "{}").ShouldBeInvalidAsync("role");
        await SendAsync("PATCH", "role", """{"role":null}""").ShouldBeInvalidAsync("role");
        await SendAsync("PATCH", "role", """{"role":["editor"]}""").ShouldBeProblemAsync(400, "MALFORMED_REQUEST");

        Task<HttpResponseMessage> SendAsync(string method, string part, string json) =>
            _client.SendAsync(method, $"/api/users/{account.Id}/{part}", Http.Json(json), admin.AccessToken);
    }

    [Fact]
    public async Task The_last_administrator_keeps_the_role()
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        await PatchAsync(admin, "viewer").ShouldBeProblemAsync(409, "LAST_ADMINISTRATOR");
        await PutAsync(admin).ShouldBeProblemAsync(409, "LAST_ADMINISTRATOR");
        await PutAsync(admin, "editor", "viewer").ShouldBeProblemAsync(409, "LAST_ADMINISTRATOR");

        // Additional roles are not a loss, and disabled administrators do not count.
        await PutAsync(admin, "admin", "viewer").ShouldBeAsync(200);
        await PutAsync(admin, "admin").ShouldBeAsync(200);
        var disabled = await Account.RegisterAsync(_client);
        await PatchAsync(disabled, "admin").ShouldBeAsync(200);
        fixture.Database.Execute(
            $"UPDATE \"Users\" SET \"Status\" = 'Disabled' WHERE {fixture.Database.IdIs(disabled.Id.ToString())}"
        );
        await PatchAsync(admin, "viewer").ShouldBeProblemAsync(409, "LAST_ADMINISTRATOR");
    }

    private async Task<HttpResponseMessage> PutAsync(Account account, params string[] roles) =>
        await _client.SendAsync(
            "PUT",
            $"/api/users/{account.Id}/roles",
            new { roles },
            (await Account.LoginAsAdminAsync(_client)).AccessToken
        );

    private async Task<HttpResponseMessage> PatchAsync(Account account, string role) =>
        await _client.SendAsync(
            "PATCH",
            $"/api/users/{account.Id}/role",
            new { role },
            (await Account.LoginAsAdminAsync(_client)).AccessToken
        );
}
