using System.Text.Json;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Roles;

/// <summary>Role names are kept as written and compared case-insensitively, everywhere.</summary>
public sealed class RoleNameTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData("Super User {0}", "super user {0}", "SUPER USER {0}")]
    [InlineData("Редактор {0}", "редактор {0}", "РЕДАКТОР {0}")]
    [InlineData("Straßenbau-{0}", "strassenbau-{0}", "STRASSENBAU-{0}")]
    public async Task A_name_is_shown_as_written_and_matched_case_insensitively(
        string pattern,
        string lower,
        string upper
    )
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var suffix = Guid.CreateVersion7().ToString("n");
        var name = string.Format(null, pattern, suffix);
        string[] spellings = [name, string.Format(null, lower, suffix), string.Format(null, upper, suffix)];

        using var created = await CreateAsync(admin, name);
        created.Headers.Location!.OriginalString.ShouldBe($"/api/roles/{Uri.EscapeDataString(name)}");
        (await Task.FromResult(created).ShouldBeAsync(201)).Text("name").ShouldBe(name);

        foreach (var spelling in spellings)
        {
            var path = $"/api/roles/{Uri.EscapeDataString(spelling)}";
            await CreateAsync(admin, spelling).ShouldBeProblemAsync(409, "ROLE_ALREADY_EXISTS");
            (await _client.GetAsync(path, admin.AccessToken).ShouldBeAsync(200)).Text("name").ShouldBe(name);
            var replacement = new { permissions = new[] { "articles:write" } };
            (await _client.SendAsync("PUT", path, replacement, admin.AccessToken).ShouldBeAsync(200))
                .Text("name")
                .ShouldBe(name);
        }

        var list = (await _client.GetAsync("/api/roles", admin.AccessToken).ShouldBeAsync(200)).AsArray();
        list.Select(role => role!.Text("name")).ShouldContain(name);
        await DeleteAsync(admin, spellings[2]).ShouldBeAsync(204);
        await DeleteAsync(admin, name).ShouldBeProblemAsync(404, "NOT_FOUND");
    }

    [Fact]
    public async Task The_list_is_ordered_case_insensitively()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var suffix = Guid.CreateVersion7().ToString("n");
        string[] names = [$"alpha {suffix}", $"Beta {suffix}", $"gamma {suffix}"];
        foreach (var name in names.Reverse())
        {
            await CreateAsync(admin, name).ShouldBeAsync(201);
        }

        var list = (await _client.GetAsync("/api/roles", admin.AccessToken).ShouldBeAsync(200)).AsArray();

        list.Select(role => role!.Text("name")).Where(names.Contains).ShouldBe(names);
    }

    [Theory]
    [InlineData("Admin")]
    [InlineData("ADMIN")]
    [InlineData("ａｄｍｉｎ")] // full width
    [InlineData("Viewer")]
    public async Task Built_in_names_are_taken_in_any_case(string name)
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        await CreateAsync(admin, name).ShouldBeProblemAsync(409, "ROLE_ALREADY_EXISTS");
        await DeleteAsync(admin, name).ShouldBeProblemAsync(409, "SYSTEM_ROLE");
    }

    [Fact]
    public async Task Roles_are_assigned_case_insensitively_and_tokens_have_them_as_written()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var name = $"Super User {Guid.CreateVersion7():n}";
        await CreateAsync(admin, name).ShouldBeAsync(201);
        var user = await Account.RegisterAsync(_client);

        var holder = await _client.GiveRolesAsync(
            admin,
            user,
            name.ToUpperInvariant(),
            name.ToLowerInvariant(),
            "VIEWER"
        );

        RolesInToken(holder).ShouldBe([name, "viewer"]);
        (await _client.GetAsync("/api/auth/me", holder.AccessToken).ShouldBeAsync(200))
            .Texts("roles")
            .ShouldBe([name, "viewer"]);
        var filter = Uri.EscapeDataString(name.ToUpperInvariant());
        var page = await _client.GetAsync($"/api/users?role={filter}", admin.AccessToken).ShouldBeAsync(200);
        page["items"]!.AsArray().ShouldHaveSingleItem()!.Text("id").ShouldBe(user.Id.ToString());

        // Tokens with the role are revoked, whatever the spelling in the request.
        await _client.ReplaceRoleAsync(admin, Uri.EscapeDataString(name.ToUpperInvariant()), "articles:write");
        var revoked = await _client
            .GetAsync("/api/auth/me", holder.AccessToken)
            .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        revoked.Text("reason").ShouldBe("roles_changed");
        var sources = await _client.GetAsync($"/api/users/{user.Id}/permissions", admin.AccessToken).ShouldBeAsync(200);
        sources.AsArray().ShouldHaveSingleItem()!.Texts("roles").ShouldBe([name]);
        await DeleteAsync(admin, name.ToLowerInvariant()).ShouldBeProblemAsync(409, "ROLE_IN_USE");

        var single = await _client
            .SendAsync("PATCH", $"/api/users/{user.Id}/role", new { role = name.ToUpperInvariant() }, admin.AccessToken)
            .ShouldBeAsync(200);
        single.Texts("roles").ShouldBe([name]);
        var isRecorded = $"\"Detail\" = 'from [{name}, viewer] to [{name}]'";
        fixture.Database.Count("AuditRecords", isRecorded).ShouldBe(1);
    }

    [Fact]
    public async Task Another_spelling_of_the_administrators_role_is_that_role()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var clerk = await _client.RegisterWithAsync(admin, "users:write");

        await _client
            .SendAsync("PATCH", $"/api/users/{clerk.Id}/role", new { role = "ADMIN" }, clerk.AccessToken)
            .ShouldBeProblemAsync(403, "FORBIDDEN");
        var user = await _client
            .SendAsync("PUT", $"/api/users/{admin.Id}/roles", new { roles = new[] { "Admin" } }, admin.AccessToken)
            .ShouldBeAsync(200);
        user.Texts("roles").ShouldBe(["admin"]);
    }

    [Fact]
    public async Task An_unknown_role_is_named_as_the_request_has_it()
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        var problem = await _client
            .SendAsync(
                "PUT",
                $"/api/users/{admin.Id}/roles",
                new { roles = new[] { "Admin", "No One" } },
                admin.AccessToken
            )
            .ShouldBeProblemAsync(400, "VALIDATION_FAILED");

        problem["errors"]!.Texts("roles").ShouldBe(["The role 'No One' does not exist."]);
    }

    [Theory]
    [InlineData(" ab")]
    [InlineData("a/b")]
    public async Task Invalid_text_is_rejected(string name)
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        var problem = await CreateAsync(admin, name).ShouldBeProblemAsync(400, "VALIDATION_FAILED");

        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["name"]);
    }

    [Fact]
    public async Task Of_parallel_requests_for_one_name_in_any_case_one_succeeds()
    {
        var rounds = Proof.Rounds(everyTime: 3, full: 100);
        for (var round = 0; round < rounds; round++)
        {
            var admin = await Account.LoginAsAdminAsync(_client);
            var suffix = Guid.CreateVersion7().ToString("n");
            string[] spellings = [$"Ops {suffix}", $"ops {suffix}", $"OPS {suffix}"];

            var answers = await Task.WhenAll(
                Enumerable.Range(0, 24).Select(i => CreateAsync(admin, spellings[i % spellings.Length]))
            );

            answers.Count(answer => (int)answer.StatusCode == 201).ShouldBe(1);
            answers.ShouldAllBe(answer => (int)answer.StatusCode == 201 || (int)answer.StatusCode == 409);
            fixture.Database.Count("Roles", $"\"NormalizedName\" = 'ops {suffix}'").ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_default_role_may_be_configured_in_any_case()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var name = $"Super User {Guid.CreateVersion7():n}";
        await CreateAsync(admin, name).ShouldBeAsync(201);
        await using var service = TestService.Start(
            fixture.Database,
            clock: null,
            ("Registration:DefaultRole", name.ToUpperInvariant())
        );

        var user = await Account.RegisterAsync(service.Client);

        user.SignIn["user"]!.Texts("roles").ShouldBe([name]);
        await _client.GiveRolesAsync(admin, user, "viewer");
        await service
            .Client.SendAsync("DELETE", $"/api/roles/{Uri.EscapeDataString(name)}", bearer: admin.AccessToken)
            .ShouldBeProblemAsync(409, "ROLE_IN_USE");
    }

    [Fact]
    public async Task Users_are_imported_with_roles_in_any_case()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var name = $"Super User {Guid.CreateVersion7():n}";
        await CreateAsync(admin, name).ShouldBeAsync(201);
        var email = Account.NewEmail();
        string[] roles = [name, name.ToUpperInvariant(), "Viewer"];
        using var import = new Import(fixture.Database);

        var (exitCode, report) = await import.RunAsync(JsonSerializer.Serialize(new { email, roles }));

        exitCode.ShouldBe(0, report);
        var page = await _client.GetAsync($"/api/users?search={email}", admin.AccessToken).ShouldBeAsync(200);
        page["items"]!.AsArray().ShouldHaveSingleItem()!.Texts("roles").ShouldBe([name, "viewer"]);
    }

    private static IReadOnlyList<string> RolesInToken(Account account)
    {
        var payload = System.Buffers.Text.Base64Url.DecodeFromChars(account.AccessToken.Split('.')[1]);
        using var claims = JsonDocument.Parse(payload);
        return [.. claims.RootElement.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)];
    }

    private Task<HttpResponseMessage> CreateAsync(Account admin, string name) =>
        _client.PostAsync("/api/roles", new { name, permissions = Array.Empty<string>() }, admin.AccessToken);

    private Task<HttpResponseMessage> DeleteAsync(Account admin, string name) =>
        _client.SendAsync("DELETE", $"/api/roles/{Uri.EscapeDataString(name)}", bearer: admin.AccessToken);
}
