using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Problems;

/// <summary>Clients show these sentences next to the field: each says what is wrong with it, and where the bound is.</summary>
public sealed class ValidationErrorTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string NoAddress = "Enter a valid e-mail address.";
    private const string NoPermission =
        "A permission is a resource, a colon and an action in lower case, like articles:write.";
    private const string NoRoleName =
        "Role names have 2 to 64 characters: a letter, then letters, digits, '.', '_', '-' and single spaces between them.";
    private const string NoInstant = "This is no instant like 2026-01-31T12:00:00Z (RFC 3339).";

    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData("email", "", "An e-mail address is needed.")]
    [InlineData("email", "nobody", NoAddress)]
    [InlineData("email", "LONG 255", "An e-mail address has at most 254 characters.")]
    [InlineData("password", "", "A password is needed.")]
    [InlineData("password", "a1b2c3d", "A password has at least 8 characters.")]
    [InlineData("password", "LONG 257", "A password has at most 256 characters.")]
    [InlineData("password", "seven-violet\0kettles", "A password is text without the character NUL.")]
    [InlineData("password", "seven-violets\0kettles", "A password is text without the character NUL.")]
    [InlineData("displayName", " ", "A display name is not empty; leave it out or send null for none.")]
    [InlineData("displayName", "LONG 101", "A display name has at most 100 characters.")]
    [InlineData("displayName", "a\nb", "A display name has no control characters.")]
    public async Task Of_a_registration(string field, string value, string message)
    {
        var text = value.StartsWith("LONG ", StringComparison.Ordinal)
            ? new string('a', int.Parse(value[5..], provider: null))
            : value;
        var request = new Dictionary<string, string?>
        {
            ["email"] = Account.NewEmail(),
            ["password"] = Account.DefaultPassword,
            [field] = text,
        };

        (await _client.PostAsync("/api/auth/register", request).ShouldBeInvalidAsync(field)).ShouldBe([message]);
    }

    [Fact]
    public async Task Of_a_login()
    {
        (
            await _client
                .PostAsync("/api/auth/login", new { email = "x", password = "" })
                .ShouldBeInvalidAsync("email", "password")
        ).ShouldBe([NoAddress, "A password is needed."], ignoreOrder: true);
    }

    [Theory]
    [InlineData("name", """{"name":"A","permissions":[]}""", NoRoleName)]
    [InlineData(
        "description",
        """{"name":"ab","permissions":[],"description":""}""",
        "A description is not empty; leave it out or send null for none."
    )]
    [InlineData(
        "description",
        """{"name":"ab","permissions":[],"description":"LONG"}""",
        "A description has at most 200 characters."
    )]
    [InlineData(
        "description",
        """{"name":"ab","permissions":[],"description":"a\nb"}""",
        "A description has no control characters."
    )]
    [InlineData("permissions", """{"name":"ab"}""", "A list of permissions is needed; it may be empty.")]
    [InlineData("permissions", """{"name":"ab","permissions":["a:b",null]}""", NoPermission)]
    [InlineData("permissions", """{"name":"ab","permissions":["a:b","articles"]}""", NoPermission)]
    public async Task Of_a_role(string field, string body, string message)
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var json = Http.Json(body.Replace("LONG", new string('a', 201), StringComparison.Ordinal));

        (await _client.PostAsync("/api/roles", json, admin.AccessToken).ShouldBeInvalidAsync(field)).ShouldBe([
            message,
        ]);
    }

    [Fact]
    public async Task A_description_may_be_as_long_as_that()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var (name, description) = (Administration.NewRoleName(), new string('a', 200));

        await _client
            .PostAsync(
                "/api/roles",
                new
                {
                    name,
                    description,
                    permissions = Array.Empty<string>(),
                },
                admin.AccessToken
            )
            .ShouldBeAsync(201);
    }

    [Theory]
    [InlineData("description", """{"permissions":[],"description":" "}""")]
    [InlineData("permissions", """{}""")]
    public async Task Of_a_role_that_is_replaced(string field, string body)
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        await _client
            .SendAsync("PUT", "/api/roles/editor", Http.Json(body), admin.AccessToken)
            .ShouldBeInvalidAsync(field);
    }

    [Fact]
    public async Task Of_the_permissions_of_a_role_when_they_are_many_or_long()
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        (
            await CreateAsync(Enumerable.Range(0, 101).Select(i => $"r{i}:read")).ShouldBeInvalidAsync("permissions")
        ).ShouldBe(["A role has at most 100 permissions."]);
        (
            await CreateAsync(Enumerable.Range(0, 45).Select(i => $"r{i}:{new string('x', 90)}"))
                .ShouldBeInvalidAsync("permissions")
        ).ShouldBe(["The permissions of a role have at most 4000 characters in all."]);
        (await CreateAsync(Administration.PermissionsOf(3997)).ShouldBeInvalidAsync("permissions")).ShouldBe([
            "The names of all roles and permissions of a user take up at most 4000 bytes together, "
                + "so that they fit into an access token.",
        ]);
        (await CreateAsync(Administration.PermissionsOf(3998)).ShouldBeInvalidAsync("permissions")).ShouldBe([
            "The permissions of a role have at most 4000 characters in all.",
        ]);
        await CreateAsync(Enumerable.Range(0, 100).Select(i => $"r{i}:read")).ShouldBeAsync(201);

        Task<HttpResponseMessage> CreateAsync(IEnumerable<string> permissions) =>
            _client.PostAsync(
                "/api/roles",
                new { name = Administration.NewRoleName(), permissions },
                admin.AccessToken
            );
    }

    [Theory]
    [InlineData("PUT", "/roles", "roles", """{}""", "A list of roles is needed; it may be empty.")]
    [InlineData("PUT", "/roles", "roles", """{"roles":["viewer","V"]}""", "This is not the name of a role.")]
    [InlineData("PUT", "/roles", "roles", """{"roles":["role51",MANY]}""", "A user has at most 50 roles.")]
    [InlineData("PUT", "/roles", "roles", """{"roles":[MANY]}""", "There is no role 'role1'.")]
    [InlineData("PUT", "/roles", "roles", """{"roles":["nobody-made-it"]}""", "There is no role 'nobody-made-it'.")]
    [InlineData("PATCH", "/role", "role", """{}""", "The name of a role is needed.")]
    [InlineData("PATCH", "/role", "role", """{"role":"nobody-made-it"}""", "There is no role 'nobody-made-it'.")]
    public async Task Of_the_roles_of_a_user(string method, string route, string field, string body, string message)
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var user = await Account.RegisterAsync(_client);
        var many = string.Join(',', Enumerable.Range(1, 50).Select(i => $"\"role{i}\""));
        var json = Http.Json(body.Replace("MANY", many, StringComparison.Ordinal));

        (
            await _client
                .SendAsync(method, $"/api/users/{user.Id}{route}", json, admin.AccessToken)
                .ShouldBeInvalidAsync(field)
        ).ShouldBe([message]);
    }

    [Theory]
    [InlineData("users", "limit", "0", "A page has 1 to 200 items.")]
    [InlineData("users", "cursor", "abc", "This is no cursor of this list.")]
    [InlineData("users", "role", "V", "This is not the name of a role.")]
    [InlineData("users", "status", "gone", "The status of a user is 'active' or 'disabled'.")]
    [InlineData("audit", "limit", "201", "A page has 1 to 200 items.")]
    [InlineData("audit", "cursor", "abc", "This is no cursor of this list.")]
    [InlineData("audit", "type", "Login!", "This is no type of event, for example login.failed.")]
    [InlineData("audit", "from", "yesterday", NoInstant)]
    [InlineData("audit", "to", "2026-13-01T00:00:00Z", NoInstant)]
    public async Task Of_a_search(string list, string name, string value, string message)
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var route = $"/api/{list}?{name}={Uri.EscapeDataString(value)}";

        (await _client.GetAsync(route, admin.AccessToken).ShouldBeInvalidAsync(name)).ShouldBe([message]);
    }
}
