using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class GrantRolesTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>, IAsyncLifetime
{
    private const string Helpdesk = "helpdesk";

    private readonly HttpClient _client = fixture.Client;
    private Account _admin = null!;
    private Account _helper = null!;

    public async ValueTask InitializeAsync()
    {
        _admin = await Account.LoginAsAdminAsync(_client);
        if (fixture.Database.Count("Roles", $"\"Name\" = '{Helpdesk}'") == 0)
        {
            var role = new { name = Helpdesk, permissions = new[] { "users:read", "users:write" } };
            await _client.PostAsync("/api/roles", role, _admin.AccessToken).ShouldBeAsync(201);
        }

        _helper = await Account.RegisterAsync(_client);
        await PatchAsync(_admin, _helper, Helpdesk).ShouldBeAsync(200);
        _helper = await _helper.RefreshAsync(_client);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Non_administrators_can_grant_permissions_they_hold()
    {
        var account = await Account.RegisterAsync(_client);

        await PutAsync(_helper, account, "viewer", Helpdesk).ShouldBeAsync(200);
        (await PatchAsync(_helper, account, "viewer").ShouldBeAsync(200)).Texts("roles").ShouldBe(["viewer"]);
    }

    [Fact]
    public async Task Non_administrators_cannot_grant_permissions_they_lack()
    {
        var account = await Account.RegisterAsync(_client);

        // Editors may read roles, and the helper may not.
        await PatchAsync(_helper, account, "editor").ShouldBeProblemAsync(403, "FORBIDDEN");
        await PutAsync(_helper, account, "viewer", "editor").ShouldBeProblemAsync(403, "FORBIDDEN");
        await PatchAsync(_helper, account, "admin").ShouldBeProblemAsync(403, "FORBIDDEN");
        await PutAsync(_helper, account, "viewer", "admin").ShouldBeProblemAsync(403, "FORBIDDEN");

        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Permissions_a_user_already_has_are_not_granted_again()
    {
        var account = await Account.RegisterAsync(_client);
        await PutAsync(_admin, account, "editor").ShouldBeAsync(200);

        await PutAsync(_helper, account, "editor", "viewer").ShouldBeAsync(200);
    }

    [Fact]
    public async Task Users_cannot_promote_themselves()
    {
        await PatchAsync(_helper, _helper, "admin").ShouldBeProblemAsync(403, "FORBIDDEN");
        await PutAsync(_helper, _helper, Helpdesk, "editor").ShouldBeProblemAsync(403, "FORBIDDEN");
    }

    [Fact]
    public async Task Non_administrators_cannot_change_administrators()
    {
        foreach (var role in new[] { "viewer", "admin", Helpdesk })
        {
            await PatchAsync(_helper, _admin, role).ShouldBeProblemAsync(403, "FORBIDDEN");
        }

        foreach (var action in new[] { "disable", "enable", "unlock" })
        {
            await _client
                .SendAsync("POST", $"/api/users/{_admin.Id}/{action}", bearer: _helper.AccessToken)
                .ShouldBeProblemAsync(403, "FORBIDDEN");
        }

        await PutAsync(_helper, _admin, "admin", Helpdesk).ShouldBeProblemAsync(403, "FORBIDDEN");
        await PutAsync(_helper, _admin).ShouldBeProblemAsync(403, "FORBIDDEN");
        await _client.GetAsync("/api/users", _admin.AccessToken).ShouldBeAsync(200);
    }

    private Task<HttpResponseMessage> PutAsync(Account caller, Account account, params string[] roles) =>
        _client.SendAsync("PUT", $"/api/users/{account.Id}/roles", new { roles }, caller.AccessToken);

    private Task<HttpResponseMessage> PatchAsync(Account caller, Account account, string role) =>
        _client.SendAsync("PATCH", $"/api/users/{account.Id}/role", new { role }, caller.AccessToken);
}
