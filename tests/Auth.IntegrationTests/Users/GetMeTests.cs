using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class GetMeTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_caller_is_read_afresh()
    {
        var account = await Account.RegisterAsync(_client);

        using var response = await _client.GetAsync("/api/users/me", account.AccessToken);

        var me = (await response.ShouldBeAsync(200)).ShouldBeUser();
        me.Text("id").ShouldBe(account.Id.ToString());
        me.Text("email").ShouldBe(account.Email);
        me["displayName"].ShouldBeNull();
        me["emailConfirmed"]!.GetValue<bool>().ShouldBeFalse();
        me.Texts("roles").ShouldBe(["viewer"]);
        me["permissions"]!.AsArray().ShouldBeEmpty();
        me.Text("status").ShouldBe("active");
        me.ShouldHaveInstant("lastSignInAt").ShouldBeGreaterThanOrEqualTo(me.ShouldHaveInstant("createdAt"));
        response.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task An_administrator_has_every_permission()
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        var me = await _client.GetAsync("/api/users/me", admin.AccessToken).ShouldBeAsync(200);

        me.Texts("roles").ShouldBe(["admin"]);
        me.Texts("permissions")
            .ShouldBe([
                "audit:read",
                "keys:read",
                "keys:rotate",
                "roles:read",
                "roles:write",
                "sessions:read",
                "sessions:revoke",
                "users:delete",
                "users:read",
                "users:write",
            ]);
    }

    [Theory]
    [InlineData("GET", "/api/users/me")]
    [InlineData("PATCH", "/api/users/me")]
    [InlineData("POST", "/api/users/me/delete")]
    [InlineData("GET", "/api/users")]
    [InlineData("GET", "/api/users/019aa0a1-0000-7000-8000-000000000000")]
    [InlineData("PUT", "/api/users/019aa0a1-0000-7000-8000-000000000000/roles")]
    [InlineData("PATCH", "/api/users/019aa0a1-0000-7000-8000-000000000000/role")]
    [InlineData("POST", "/api/users/019aa0a1-0000-7000-8000-000000000000/disable")]
    [InlineData("POST", "/api/users/019aa0a1-0000-7000-8000-000000000000/enable")]
    public async Task Without_a_token_nothing_is_told(string method, string route)
    {
        var body = method == "GET" ? null : new { };

        await _client.SendAsync(method, route, body).ShouldBeProblemAsync(401, "MISSING_TOKEN");
        await _client.SendAsync(method, route, body, "x.y.z").ShouldBeProblemAsync(401, "INVALID_TOKEN");
    }

    [Theory]
    [InlineData("GET", "/api/users")]
    [InlineData("GET", "/api/users/019aa0a1-0000-7000-8000-000000000000")]
    [InlineData("PUT", "/api/users/019aa0a1-0000-7000-8000-000000000000/roles")]
    [InlineData("PATCH", "/api/users/019aa0a1-0000-7000-8000-000000000000/role")]
    [InlineData("POST", "/api/users/019aa0a1-0000-7000-8000-000000000000/disable")]
    [InlineData("POST", "/api/users/019aa0a1-0000-7000-8000-000000000000/enable")]
    public async Task Without_the_permission_others_are_out_of_reach(string method, string route)
    {
        var account = await Account.RegisterAsync(_client);

        await _client
            .SendAsync(method, route, method == "GET" ? null : new { }, account.AccessToken)
            .ShouldBeProblemAsync(403, "FORBIDDEN");
    }
}
