using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class GetMeTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_caller_is_read_from_the_database()
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
                "service-accounts:read",
                "service-accounts:write",
                "sessions:read",
                "sessions:revoke",
                "tokens:introspect",
                "users:delete",
                "users:read",
                "users:write",
            ]);
    }
}
