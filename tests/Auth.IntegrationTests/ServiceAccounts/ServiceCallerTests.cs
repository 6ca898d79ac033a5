using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.ServiceAccounts;

/// <summary>What services can do with their tokens.</summary>
public sealed class ServiceCallerTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_token_says_that_it_belongs_to_a_service()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var service = await Service.CreateAsync(_client, admin, "editor");

        var token = await service.GetTokenAsync(_client);

        var claims = Http.Claims(token)
            .ShouldHaveMembers(
                "iss",
                "aud",
                "sub",
                "sid",
                "jti",
                "iat",
                "nbf",
                "exp",
                "client_id",
                "ver",
                "roles",
                "permissions"
            );
        claims.Text("sub").ShouldBe(service.Id);
        claims.Text("client_id").ShouldBe(service.Id);
        claims.Texts("roles").ShouldBe(["editor"]);
        claims.Texts("permissions").ShouldBe(["roles:read", "users:read"]);
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(300);
        Http.Claims(await service.GetTokenAsync(_client)).Text("sid").ShouldNotBe(claims.Text("sid"));

        var me = await _client.GetAsync("/api/auth/me", token).ShouldBeAsync(200);
        me.Text("userId").ShouldBe(service.Id);
        me.Text("sessionId").ShouldBe(claims.Text("sid"));
        me["authenticatedAt"].ShouldBeNull();
        me["acr"].ShouldBeNull();
        me.Texts("amr").ShouldBeEmpty();
    }

    [Fact]
    public async Task Routes_about_ones_own_account_are_for_users()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var token = await (await Service.CreateAsync(_client, admin, "admin")).GetTokenAsync(_client);
        foreach (
            var (method, route) in new[]
            {
                ("POST", "/api/auth/logout-all"),
                ("POST", "/api/auth/change-password"),
                ("GET", "/api/auth/sessions"),
                ("DELETE", "/api/auth/sessions"),
                ("DELETE", $"/api/auth/sessions/{Guid.CreateVersion7()}"),
                ("GET", "/api/users/me"),
                ("PATCH", "/api/users/me"),
                ("POST", "/api/users/me/delete"),
                ("GET", "/api/users/me/export"),
            }
        )
        {
            await _client.SendAsync(method, route, bearer: token).ShouldBeProblemAsync(403, "FORBIDDEN");
        }
    }

    [Fact]
    public async Task Service_accounts_are_managed_by_users_only()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var service = await Service.CreateAsync(_client, admin, "admin");
        var token = await service.GetTokenAsync(_client);
        var path = $"/api/service-accounts/{service.Id}";
        foreach (
            var (method, route) in new[]
            {
                ("GET", "/api/service-accounts"),
                ("POST", "/api/service-accounts"),
                ("GET", path),
                ("PUT", path),
                ("DELETE", path),
                ("GET", $"{path}/secrets"),
                ("POST", $"{path}/secrets"),
                ("DELETE", $"{path}/secrets/{service.SecretId}"),
            }
        )
        {
            await _client.SendAsync(method, route, new { }, token).ShouldBeProblemAsync(403, "FORBIDDEN");
        }
    }

    [Fact]
    public async Task Services_administer_users_and_roles_with_their_permissions()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var service = await Service.CreateAsync(_client, admin, "admin");
        var token = await service.GetTokenAsync(_client);
        var user = await Account.RegisterAsync(_client);

        await _client.GetAsync("/api/users", token).ShouldBeAsync(200);
        await _client
            .SendAsync("PUT", $"/api/users/{user.Id}/roles", new { roles = new[] { "editor" } }, token)
            .ShouldBeAsync(200);
        await _client
            .PostAsync(
                "/api/roles",
                new { name = Administration.NewRoleName(), permissions = new[] { "articles:write" } },
                token
            )
            .ShouldBeAsync(201);
        await _client.PostAsync($"/api/users/{user.Id}/disable", body: null, token).ShouldBeAsync(200);

        var page = await _client
            .GetAsync($"/api/audit?userId={user.Id}&type=user.disabled", admin.AccessToken)
            .ShouldBeAsync(200);
        page["items"]![0]!.Text("actorId").ShouldBe(service.Id);
    }

    [Fact]
    public async Task Revoked_tokens_cannot_be_refreshed()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var role = await _client.CreateRoleAsync(admin, "articles:read");
        var token = await (await Service.CreateAsync(_client, admin, role)).GetTokenAsync(_client);

        await _client.ReplaceRoleAsync(admin, role, "articles:write");

        var problem = await _client.GetAsync("/api/auth/me", token).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        problem.Text("reason").ShouldBe("roles_changed");
        problem["refresh"].ShouldBeNull();
    }

    [Fact]
    public async Task A_service_grants_only_permissions_it_holds()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var service = await Service.CreateWithAsync(_client, admin, "users:write", "roles:write");
        var token = await service.GetTokenAsync(_client);
        var user = await Account.RegisterAsync(_client);

        await GrantAsync("editor").ShouldBeProblemAsync(403, "FORBIDDEN");
        await GrantAsync("admin").ShouldBeProblemAsync(403, "FORBIDDEN");
        await GrantAsync("viewer").ShouldBeAsync(200);
        await _client
            .PostAsync($"/api/users/{admin.Id}/disable", body: null, token)
            .ShouldBeProblemAsync(403, "FORBIDDEN");

        Task<HttpResponseMessage> GrantAsync(string role) =>
            _client.SendAsync("PUT", $"/api/users/{user.Id}/roles", new { roles = new[] { role } }, token);
    }

    [Fact]
    public async Task A_narrowed_token_does_not_have_the_power_of_the_whole_account()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var service = await Service.CreateAsync(_client, admin, "admin");
        var token = await service.GetTokenAsync(_client, "users:write");
        var user = await Account.RegisterAsync(_client);

        Http.Claims(token).Texts("permissions").ShouldBe(["users:write"]);
        await _client.GetAsync("/api/users", token).ShouldBeProblemAsync(403, "FORBIDDEN");
        foreach (var role in new[] { "admin", "editor" })
        {
            await _client
                .SendAsync("PUT", $"/api/users/{user.Id}/roles", new { roles = new[] { role } }, token)
                .ShouldBeProblemAsync(403, "FORBIDDEN");
        }
    }

    [Fact]
    public async Task A_logout_ends_the_token()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var token = await (await Service.CreateAsync(_client, admin)).GetTokenAsync(_client);

        await _client.PostAsync("/api/auth/logout", body: null, token).ShouldBeAsync(204);

        var problem = await _client.GetAsync("/api/auth/me", token).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        problem.Text("reason").ShouldBe("logout");
    }
}
