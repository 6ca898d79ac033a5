using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Roles;

public sealed class ManageRolesTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_role_is_created_read_replaced_and_deleted()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var name = Administration.NewRoleName();

        using var response = await _client.PostAsync(
            "/api/roles",
            new
            {
                name,
                description = "Writes.",
                permissions = new[] { "users:read", "articles:write", "users:read" },
            },
            admin.AccessToken
        );
        response.Headers.Location!.ToString().ShouldBe($"/api/roles/{name}");
        var created = await Task.FromResult(response).ShouldBeAsync(201);
        created.Text("name").ShouldBe(name);
        created.Text("description").ShouldBe("Writes.");
        created.Texts("permissions").ShouldBe(["articles:write", "users:read"]);
        created["isSystem"]!.GetValue<bool>().ShouldBeFalse();

        var replaced = await _client.ReplaceRoleAsync(admin, name, "articles:read");
        replaced["description"].ShouldBeNull();
        replaced.Texts("permissions").ShouldBe(["articles:read"]);
        replaced["effect"].ShouldBeNull();
        var read = await _client.GetAsync($"/api/roles/{name}", admin.AccessToken).ShouldBeAsync(200);
        read.Texts("permissions").ShouldBe(["articles:read"]);

        await _client.SendAsync("DELETE", $"/api/roles/{name}", bearer: admin.AccessToken).ShouldBeAsync(204);
        await _client.GetAsync($"/api/roles/{name}", admin.AccessToken).ShouldBeProblemAsync(404, "NOT_FOUND");
        await _client
            .SendAsync("PUT", $"/api/roles/{name}", new { permissions = Array.Empty<string>() }, admin.AccessToken)
            .ShouldBeProblemAsync(404, "NOT_FOUND");
        await _client
            .SendAsync("DELETE", $"/api/roles/{name}", bearer: admin.AccessToken)
            .ShouldBeProblemAsync(404, "NOT_FOUND");
    }

    [Theory]
    [InlineData("%20")]
    [InlineData("%E2%80%A8")]
    [InlineData("No%20role")]
    public async Task Invalid_role_names_are_not_found(string name)
    {
        var admin = (await Account.LoginAsAdminAsync(_client)).AccessToken;

        foreach (var method in new[] { "GET", "DELETE" })
        {
            await _client.SendAsync(method, $"/api/roles/{name}", bearer: admin).ShouldBeProblemAsync(404, "NOT_FOUND");
        }

        await _client
            .SendAsync("PUT", $"/api/roles/{name}", new { permissions = Array.Empty<string>() }, admin)
            .ShouldBeProblemAsync(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Built_in_roles_are_listed_with_their_permissions()
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        var roles = (await _client.GetAsync("/api/roles", admin.AccessToken).ShouldBeAsync(200)).AsArray();
        var permissions = (await _client.GetAsync("/api/permissions", admin.AccessToken).ShouldBeAsync(200)).AsArray();

        roles.Select(role => role!.Text("name")).ShouldBeSubsetOf(roles.Select(role => role!.Text("name")).Order());
        var byName = roles.ToDictionary(role => role!.Text("name"), role => role!);
        byName["viewer"].Texts("permissions").ShouldBeEmpty();
        byName["editor"].Texts("permissions").ShouldBe(["roles:read", "users:read"]);
        byName["admin"]
            .Texts("permissions")
            .ShouldBe(permissions.Select(permission => permission!.Text("name")), ignoreOrder: true);
        foreach (var name in new[] { "viewer", "editor", "admin" })
        {
            byName[name]["isSystem"]!.GetValue<bool>().ShouldBeTrue();
        }

        permissions.ShouldAllBe(permission => permission!.Text("description").Length > 0);
    }

    [Theory]
    [InlineData("name", """{ "permissions": [] }""")]
    [InlineData("name", """{ "name": "X", "permissions": [] }""")]
    [InlineData("name", """{ "name": "a", "permissions": [] }""")]
    [InlineData("permissions", """{ "name": "ab" }""")]
    [InlineData("permissions", """{ "name": "ab", "permissions": ["articles"] }""")]
    [InlineData("permissions", """{ "name": "ab", "permissions": [null] }""")]
    [InlineData("permissions", """{ "name": "ab", "permissions": ["Articles:write"] }""")]
    [InlineData("description", """{ "name": "ab", "permissions": [], "description": " " }""")]
    [InlineData("description", """{ "name": "ab", "permissions": [], "description": "a\u0007b" }""")]
    public async Task Invalid_roles_are_rejected_by_field(string field, string body)
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        var problem = await _client
            .PostAsync("/api/roles", Http.Json(body), admin.AccessToken)
            .ShouldBeProblemAsync(400, "VALIDATION_FAILED");

        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe([field]);
    }

    [Fact]
    public async Task A_taken_name_is_a_conflict_even_for_simultaneous_requests()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var body = new { name = Administration.NewRoleName(), permissions = Array.Empty<string>() };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => _client.PostAsync("/api/roles", body, admin.AccessToken))
        );

        answers.Count(answer => (int)answer.StatusCode == 201).ShouldBe(1);
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 201))
        {
            await answer.ShouldBeProblemAsync(409, "ROLE_ALREADY_EXISTS");
        }
    }

    [Fact]
    public async Task An_assigned_or_built_in_role_cannot_be_deleted()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var role = await _client.CreateRoleAsync(admin);
        var user = await Account.RegisterAsync(_client);
        await _client.GiveRolesAsync(admin, user, role);

        await Delete(role).ShouldBeProblemAsync(409, "ROLE_IN_USE");
        foreach (var name in new[] { "viewer", "editor", "admin" })
        {
            await Delete(name).ShouldBeProblemAsync(409, "SYSTEM_ROLE");
        }

        await _client
            .SendAsync("PUT", "/api/roles/admin", new { permissions = new[] { "users:read" } }, admin.AccessToken)
            .ShouldBeProblemAsync(409, "SYSTEM_ROLE");

        await _client.GiveRolesAsync(admin, user, "viewer");
        await Delete(role).ShouldBeAsync(204);

        Task<HttpResponseMessage> Delete(string name) =>
            _client.SendAsync("DELETE", $"/api/roles/{name}", bearer: admin.AccessToken);
    }

    [Fact]
    public async Task Non_administrators_can_add_only_permissions_they_hold_to_a_role()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var clerk = await _client.RegisterWithAsync(admin, "roles:write", "articles:write");
        var stronger = await _client.CreateRoleAsync(admin, "articles:write", "users:delete");
        var weaker = await _client.CreateRoleAsync(admin, "articles:write");

        await Create("articles:write").ShouldBeAsync(201);
        await Create("articles:write", "users:read").ShouldBeProblemAsync(403, "FORBIDDEN");
        await Replace(weaker, "articles:write", "roles:write").ShouldBeAsync(200);
        await Replace(weaker, "users:write").ShouldBeProblemAsync(403, "FORBIDDEN");
        await Replace(stronger, "articles:write").ShouldBeProblemAsync(403, "FORBIDDEN");
        await Replace("admin", "articles:write").ShouldBeProblemAsync(403, "FORBIDDEN");
        await Delete(stronger).ShouldBeProblemAsync(403, "FORBIDDEN");
        await Delete(weaker).ShouldBeAsync(204);

        Task<HttpResponseMessage> Create(params string[] permissions) =>
            _client.PostAsync(
                "/api/roles",
                new { name = Administration.NewRoleName(), permissions },
                clerk.AccessToken
            );

        Task<HttpResponseMessage> Replace(string name, params string[] permissions) =>
            _client.SendAsync("PUT", $"/api/roles/{name}", new { permissions }, clerk.AccessToken);

        Task<HttpResponseMessage> Delete(string name) =>
            _client.SendAsync("DELETE", $"/api/roles/{name}", bearer: clerk.AccessToken);
    }

    [Fact]
    public async Task Users_cannot_exceed_the_token_limit()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var first = await _client.CreateRoleAsync(admin, Long("first", 30));
        var second = await _client.CreateRoleAsync(admin, Long("second", 5));
        var user = await Account.RegisterAsync(_client);
        var holder = await _client.GiveRolesAsync(admin, user, first, second);
        holder.AccessToken.Length.ShouldBeLessThan(8 * 1024);

        await ShouldBeTooLargeAsync(
            _client.SendAsync(
                "PUT",
                $"/api/roles/{second}",
                new { permissions = Long("second", 15) },
                admin.AccessToken
            ),
            "permissions"
        );
        var third = await _client.CreateRoleAsync(admin, Long("third", 15));
        await ShouldBeTooLargeAsync(
            _client.SendAsync(
                "PUT",
                $"/api/users/{user.Id}/roles",
                new { roles = new[] { first, third } },
                admin.AccessToken
            ),
            "roles"
        );
        await ShouldBeTooLargeAsync(
            _client.PostAsync(
                "/api/roles",
                new { name = "toolarge", permissions = Long("other", 60) },
                admin.AccessToken
            ),
            "permissions"
        );

        static string[] Long(string action, int count) =>
            [.. Enumerable.Range(0, count).Select(i => $"r{i}{new string('x', 80)}:{action}")];

        static async Task ShouldBeTooLargeAsync(Task<HttpResponseMessage> answering, string field)
        {
            var problem = await answering.ShouldBeProblemAsync(400, "VALIDATION_FAILED");
            problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe([field]);
        }
    }
}
