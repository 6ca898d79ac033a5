using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Roles;

/// <summary>The roles and permissions of a user take up at most 4,000 bytes of a token: each string plus three.</summary>
public sealed class TokenSizeTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_role_may_use_the_whole_limit_but_not_one_character_more()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var name = Administration.NewRoleName();

        await CreateAsync(Administration.NewRoleName(), 4001).ShouldBeInvalidAsync("permissions");
        await CreateAsync(name, 4000).ShouldBeAsync(201);

        await ReplaceAsync(admin, name, 4001).ShouldBeInvalidAsync("permissions");
        await ReplaceAsync(admin, name, 4000).ShouldBeAsync(200);

        Task<HttpResponseMessage> CreateAsync(string role, int size) =>
            _client.PostAsync(
                "/api/roles",
                new { name = role, permissions = Administration.PermissionsOf(size - (role.Length + 3)) },
                admin.AccessToken
            );
    }

    [Fact]
    public async Task A_role_can_grow_until_a_user_with_it_exceeds_the_limit()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var (large, small) = (await _client.CreateRoleAsync(admin), await _client.CreateRoleAsync(admin));
        await ReplaceAsync(admin, large, 3000).ShouldBeAsync(200);
        await ReplaceAsync(admin, small, 900).ShouldBeAsync(200);
        var holder = await _client.GiveRolesAsync(admin, await Account.RegisterAsync(_client), large, small);

        await ReplaceAsync(admin, small, 1001).ShouldBeInvalidAsync("permissions");
        await ReplaceAsync(admin, small, 1000).ShouldBeAsync(200);
        await ReplaceAsync(admin, small, 500).ShouldBeAsync(200);

        var refreshed = await holder.RefreshAsync(_client);
        Http.Claims(refreshed.AccessToken).Texts("roles").ShouldBe([large, small], ignoreOrder: true);
    }

    [Fact]
    public async Task A_user_may_have_roles_that_fill_the_limit_and_no_more()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var (large, small) = (await _client.CreateRoleAsync(admin), await _client.CreateRoleAsync(admin));
        await ReplaceAsync(admin, large, 3000).ShouldBeAsync(200);
        await ReplaceAsync(admin, small, 1000).ShouldBeAsync(200);
        var user = await Account.RegisterAsync(_client);

        await HoldAsync(large, small, "viewer").ShouldBeInvalidAsync("roles");
        await HoldAsync(large, small).ShouldBeAsync(200);

        Task<HttpResponseMessage> HoldAsync(params string[] roles) =>
            _client.SendAsync("PUT", $"/api/users/{user.Id}/roles", new { roles }, admin.AccessToken);
    }

    [Fact]
    public async Task Assigning_the_same_role_again_changes_nothing()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var role = await _client.CreateRoleAsync(admin, "articles:read");
        var holder = await _client.GiveRolesAsync(admin, await Account.RegisterAsync(_client), role);

        await _client.ReplaceRoleAsync(admin, role, "articles:read", "articles:read");

        await _client.GetAsync("/api/auth/me", holder.AccessToken).ShouldBeAsync(200);
        var log = await _client
            .GetAsync("/api/audit?type=role.changed&limit=200", admin.AccessToken)
            .ShouldBeAsync(200);
        log["items"]!.AsArray().ShouldAllBe(item => !item!.Text("detail").StartsWith(role, StringComparison.Ordinal));
    }

    private Task<HttpResponseMessage> ReplaceAsync(Account admin, string role, int size) =>
        _client.SendAsync(
            "PUT",
            $"/api/roles/{role}",
            new { permissions = Administration.PermissionsOf(size - (role.Length + 3)) },
            admin.AccessToken
        );
}
