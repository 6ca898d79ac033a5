using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.ServiceAccounts;

public sealed class ManageServiceAccountTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string Route = "/api/service-accounts";

    private static readonly string[] s_write = ["service-accounts:read", "service-accounts:write"];

    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task An_account_is_created_read_replaced_and_deleted()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var name = Service.NewName();

        using var response = await _client.PostAsync(
            Route,
            new
            {
                name,
                description = "Sends the newsletter.",
                roles = new[] { "viewer" },
            },
            admin.AccessToken
        );
        var created = await response.ShouldBeAsync(201);

        created.ShouldHaveMembers("id", "name", "description", "roles", "status", "createdAt", "lastUsedAt");
        created.Text("name").ShouldBe(name);
        created.Text("description").ShouldBe("Sends the newsletter.");
        created.Texts("roles").ShouldBe(["viewer"]);
        created.Text("status").ShouldBe("active");
        created["lastUsedAt"].ShouldBeNull();
        var path = $"{Route}/{created.Text("id")}";
        response.Headers.Location!.OriginalString.ShouldBe(path);
        (await _client.GetAsync(path, admin.AccessToken).ShouldBeAsync(200)).Text("name").ShouldBe(name);
        (await _client.GetAsync(Route, admin.AccessToken).ShouldBeAsync(200))
            .AsArray()
            .ShouldContain(account => account!.Text("name") == name);

        var replaced = await _client
            .SendAsync(
                "PUT",
                path,
                new
                {
                    name = name + " 2",
                    roles = new[] { "editor" },
                    status = "disabled",
                },
                admin.AccessToken
            )
            .ShouldBeAsync(200);

        replaced.Text("name").ShouldBe(name + " 2");
        replaced["description"].ShouldBeNull();
        replaced.Texts("roles").ShouldBe(["editor"]);
        replaced.Text("status").ShouldBe("disabled");

        await _client.SendAsync("DELETE", path, bearer: admin.AccessToken).ShouldBeAsync(204);
        await _client.GetAsync(path, admin.AccessToken).ShouldBeProblemAsync(404, "NOT_FOUND");
        await _client.SendAsync("DELETE", path, bearer: admin.AccessToken).ShouldBeProblemAsync(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Without_a_status_the_status_is_kept()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var name = Service.NewName();
        var account = await _client
            .PostAsync(
                Route,
                new
                {
                    name,
                    roles = Array.Empty<string>(),
                    status = "disabled",
                },
                admin.AccessToken
            )
            .ShouldBeAsync(201);

        var replaced = await _client
            .SendAsync(
                "PUT",
                $"{Route}/{account.Text("id")}",
                new { name, roles = new[] { "viewer" } },
                admin.AccessToken
            )
            .ShouldBeAsync(200);

        replaced.Text("status").ShouldBe("disabled");
    }

    [Fact]
    public async Task Invalid_properties_are_named()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        await InvalidAsync(new { }, "name", "roles");
        await InvalidAsync(new { name = "", roles = Array.Empty<string>() }, "name");
        await InvalidAsync(new { name = new string('x', 101), roles = Array.Empty<string>() }, "name");
        await InvalidAsync(new { name = "a\u0007b", roles = Array.Empty<string>() }, "name");
        await InvalidAsync(new { name = "\u115f", roles = Array.Empty<string>() }, "name");
        await InvalidAsync(new { name = new string('\ufdfa', 100), roles = Array.Empty<string>() }, "name");
        await InvalidAsync(
            new
            {
                name = "x",
                description = " ",
                roles = Array.Empty<string>(),
            },
            "description"
        );
        await InvalidAsync(new { name = "x", roles = new[] { "?" } }, "roles");
        await InvalidAsync(new { name = "x", roles = new[] { "nowhere" } }, "roles");
        await InvalidAsync(
            new
            {
                name = "x",
                roles = Array.Empty<string>(),
                status = "invited",
            },
            "status"
        );
        await _client
            .PostAsync(Route, Http.Json("""{"name":1,"roles":[]}"""), admin.AccessToken)
            .ShouldBeProblemAsync(400, "MALFORMED_REQUEST");

        Task InvalidAsync(object body, params string[] fields) =>
            _client.PostAsync(Route, body, admin.AccessToken).ShouldBeInvalidAsync(fields);
    }

    [Fact]
    public async Task Names_are_unique_without_regard_to_case()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var name = Service.NewName();
        object first = new { name, roles = Array.Empty<string>() };
        object again = new { name = name.ToUpperInvariant() + " ", roles = Array.Empty<string>() };
        var account = await _client.PostAsync(Route, first, admin.AccessToken).ShouldBeAsync(201);

        await _client.PostAsync(Route, again, admin.AccessToken).ShouldBeInvalidAsync("name");
        var other = await Service.CreateAsync(_client, admin);
        await _client.SendAsync("PUT", $"{Route}/{other.Id}", again, admin.AccessToken).ShouldBeInvalidAsync("name");

        // Its own name is not taken.
        await _client.SendAsync("PUT", $"{Route}/{account.Text("id")}", again, admin.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Only_roles_whose_permissions_the_caller_holds_can_be_granted()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var caller = await _client.RegisterWithAsync(admin, [.. s_write, "articles:read"]);
        var lower = await _client.CreateRoleAsync(admin, "articles:read");
        var higher = await _client.CreateRoleAsync(admin, "articles:write");

        await CreateAsync(lower).ShouldBeAsync(201);
        await CreateAsync(higher).ShouldBeProblemAsync(403, "FORBIDDEN");
        await CreateAsync("admin").ShouldBeProblemAsync(403, "FORBIDDEN");

        Task<HttpResponseMessage> CreateAsync(string role) =>
            _client.PostAsync(Route, new { name = Service.NewName(), roles = new[] { role } }, caller.AccessToken);
    }

    [Fact]
    public async Task Accounts_with_more_permissions_than_the_caller_cannot_be_changed_or_get_secrets()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var caller = await _client.RegisterWithAsync(admin, s_write);
        var service = await Service.CreateWithAsync(_client, admin, "articles:write");
        var path = $"{Route}/{service.Id}";

        await _client.GetAsync(path, caller.AccessToken).ShouldBeAsync(200);
        await _client.GetAsync($"{path}/secrets", caller.AccessToken).ShouldBeAsync(200);
        foreach (
            var (method, route, body) in new (string, string, object?)[]
            {
                ("PUT", path, new { name = "x", roles = Array.Empty<string>() }),
                ("DELETE", path, null),
                ("POST", $"{path}/secrets", new { }),
                ("DELETE", $"{path}/secrets/{service.SecretId}", null),
            }
        )
        {
            await _client.SendAsync(method, route, body, caller.AccessToken).ShouldBeProblemAsync(403, "FORBIDDEN");
        }

        await service.GetTokenAsync(_client);
    }

    [Fact]
    public async Task A_role_of_an_account_cannot_be_deleted()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var role = await _client.CreateRoleAsync(admin, "articles:write");
        var service = await Service.CreateAsync(_client, admin, role);

        await _client
            .SendAsync("DELETE", $"/api/roles/{role}", bearer: admin.AccessToken)
            .ShouldBeProblemAsync(409, "ROLE_IN_USE");

        await _client.SendAsync("DELETE", $"{Route}/{service.Id}", bearer: admin.AccessToken).ShouldBeAsync(204);
        await _client.SendAsync("DELETE", $"/api/roles/{role}", bearer: admin.AccessToken).ShouldBeAsync(204);
    }

    [Fact]
    public async Task Roles_that_do_not_fit_into_a_token_are_rejected()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var one = await _client.CreateRoleAsync(admin, [.. Administration.PermissionsOf(2500)]);
        var other = await _client.CreateRoleAsync(admin, "articles:read");
        var third = await _client.CreateRoleAsync(admin, [.. Administration.PermissionsOf(2000)]);
        await Service.CreateAsync(_client, admin, one, other);

        await _client
            .PostAsync(Route, new { name = Service.NewName(), roles = new[] { one, third } }, admin.AccessToken)
            .ShouldBeInvalidAsync("roles");
        await _client
            .SendAsync(
                "PUT",
                $"/api/roles/{other}",
                new { permissions = Administration.PermissionsOf(2000) },
                admin.AccessToken
            )
            .ShouldBeInvalidAsync("permissions");
    }

    [Fact]
    public async Task Every_change_is_audited()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var name = Service.NewName();
        var account = await _client
            .PostAsync(Route, new { name, roles = new[] { "viewer" } }, admin.AccessToken)
            .ShouldBeAsync(201);
        var service = await new Service(account.Text("id"), "", "").AddSecretAsync(_client, admin);
        await service.RemoveSecretAsync(_client, admin);
        object changed = new
        {
            name,
            roles = new[] { "editor" },
            status = "disabled",
        };
        var path = $"{Route}/{service.Id}";
        await _client.SendAsync("PUT", path, changed, admin.AccessToken).ShouldBeAsync(200);
        await _client.SendAsync("PUT", path, changed, admin.AccessToken).ShouldBeAsync(200); // changes nothing
        await _client.SendAsync("DELETE", path, bearer: admin.AccessToken).ShouldBeAsync(204);

        var page = await _client.GetAsync($"/api/audit?userId={service.Id}", admin.AccessToken).ShouldBeAsync(200);

        var items = page["items"]!.AsArray();
        items
            .Select(item => (item!.Text("type"), item!.Text("detail")))
            .ShouldBe([
                ("service_account.deleted", $"{name}: [editor]"),
                ("service_account.changed", $"{name}: roles from [viewer] to [editor]; disabled"),
                ("service_account.secret_removed", $"{name}: {service.SecretId}"),
                ("service_account.secret_added", $"{name}: {service.SecretId}"),
                ("service_account.created", $"{name}: [viewer]"),
            ]);
        items.ShouldAllBe(item => item!.Text("actorId") == admin.Id.ToString());
    }
}
