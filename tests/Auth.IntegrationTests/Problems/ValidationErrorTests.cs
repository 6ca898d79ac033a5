using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Problems;

/// <summary>Clients show these messages next to the field: each names the problem and the limit.</summary>
public sealed class ValidationErrorTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string NoAddress = "Enter a valid e-mail address.";
    private const string NoPermission =
        "Permissions must have the form resource:action in lower case, like articles:write.";
    private const string NoRoleName =
        "Role names must be 2 to 64 characters long, start with a letter, and contain only letters, digits, '.', '_', '-' and single spaces.";
    private const string InvalidTime = "Enter a time like 2026-01-31T12:00:00Z (RFC 3339).";

    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData("email", "", "An e-mail address is required.")]
    [InlineData("email", "nobody", NoAddress)]
    [InlineData("email", "LONG 255", "E-mail addresses must be at most 254 characters long.")]
    [InlineData("password", "", "A password is required.")]
    [InlineData("password", "a1b2c3d", "Passwords must be at least 8 characters long.")]
    [InlineData("password", "LONG 257", "Passwords must be at most 256 characters long.")]
    [InlineData("password", "seven-violet\0kettles", "Passwords must be valid text without NUL characters.")]
    [InlineData("password", "seven-violets\0kettles", "Passwords must be valid text without NUL characters.")]
    [InlineData("displayName", " ", "Display names must not be blank; omit the field or send null for none.")]
    [InlineData("displayName", "LONG 101", "Display names must be at most 100 characters long.")]
    [InlineData("displayName", "a\nb", "Display names must not contain control characters.")]
    public async Task Registration_reports_every_invalid_field(string field, string value, string message)
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
    public async Task Login_reports_every_invalid_field()
    {
        (
            await _client
                .PostAsync("/api/auth/login", new { email = "x", password = "" })
                .ShouldBeInvalidAsync("email", "password")
        ).ShouldBe([NoAddress, "A password is required."], ignoreOrder: true);
    }

    [Theory]
    [InlineData("name", """{"name":"A","permissions":[]}""", NoRoleName)]
    [InlineData(
        "description",
        """{"name":"ab","permissions":[],"description":""}""",
        "Descriptions must not be blank; omit the field or send null for none."
    )]
    [InlineData(
        "description",
        """{"name":"ab","permissions":[],"description":"LONG"}""",
        "Descriptions must be at most 200 characters long."
    )]
    [InlineData(
        "description",
        """{"name":"ab","permissions":[],"description":"a\nb"}""",
        "Descriptions must not contain control characters."
    )]
    [InlineData("permissions", """{"name":"ab"}""", "A list of permissions is required; it may be empty.")]
    [InlineData("permissions", """{"name":"ab","permissions":["a:b",null]}""", NoPermission)]
    [InlineData("permissions", """{"name":"ab","permissions":["a:b","articles"]}""", NoPermission)]
    public async Task Creating_a_role_reports_every_invalid_field(string field, string body, string message)
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var json = Http.Json(body.Replace("LONG", new string('a', 201), StringComparison.Ordinal));

        (await _client.PostAsync("/api/roles", json, admin.AccessToken).ShouldBeInvalidAsync(field)).ShouldBe([
            message,
        ]);
    }

    [Fact]
    public async Task A_description_of_the_maximum_length_is_accepted()
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
    public async Task Replacing_a_role_reports_every_invalid_field(string field, string body)
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        await _client
            .SendAsync("PUT", "/api/roles/editor", Http.Json(body), admin.AccessToken)
            .ShouldBeInvalidAsync(field);
    }

    [Fact]
    public async Task Role_permissions_have_limits_on_count_and_length()
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        (
            await CreateAsync(Enumerable.Range(0, 101).Select(i => $"r{i}:read")).ShouldBeInvalidAsync("permissions")
        ).ShouldBe(["A role can have at most 100 permissions."]);
        (
            await CreateAsync(Enumerable.Range(0, 45).Select(i => $"r{i}:{new string('x', 90)}"))
                .ShouldBeInvalidAsync("permissions")
        ).ShouldBe(["The permissions of a role must not take up more than 4000 bytes in an access token."]);
        (await CreateAsync(Administration.PermissionsOf(3997)).ShouldBeInvalidAsync("permissions")).ShouldBe([
            "The names of a user's roles and permissions must not exceed 4000 bytes in total, "
                + "so that they fit into an access token.",
        ]);
        (await CreateAsync(Administration.PermissionsOf(3998)).ShouldBeInvalidAsync("permissions")).ShouldBe([
            "The permissions of a role must not take up more than 4000 bytes in an access token.",
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
    [InlineData("PUT", "/roles", "roles", """{}""", "A list of roles is required; it may be empty.")]
    [InlineData("PUT", "/roles", "roles", """{"roles":["viewer","V"]}""", "Enter a valid role name.")]
    [InlineData("PUT", "/roles", "roles", """{"roles":["role51",MANY]}""", "A user can have at most 50 roles.")]
    [InlineData("PUT", "/roles", "roles", """{"roles":[MANY]}""", "The role 'role1' does not exist.")]
    [InlineData(
        "PUT",
        "/roles",
        "roles",
        """{"roles":["nobody-made-it"]}""",
        "The role 'nobody-made-it' does not exist."
    )]
    [InlineData("PATCH", "/role", "role", """{}""", "Enter a valid role name.")]
    [InlineData("PATCH", "/role", "role", """{"role":"nobody-made-it"}""", "The role 'nobody-made-it' does not exist.")]
    public async Task User_roles_report_every_invalid_entry(
        string method,
        string route,
        string field,
        string body,
        string message
    )
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
    [InlineData("users", "limit", "0", "The limit must be between 1 and 200.")]
    [InlineData("users", "cursor", "abc", "The cursor is invalid.")]
    [InlineData("users", "role", "V", "Enter a valid role name.")]
    [InlineData("users", "status", "gone", "The status must be 'active', 'invited' or 'disabled'.")]
    [InlineData("audit", "limit", "201", "The limit must be between 1 and 200.")]
    [InlineData("audit", "cursor", "abc", "The cursor is invalid.")]
    [InlineData("audit", "type", "Login!", "Enter an event type, for example login.failed.")]
    [InlineData("audit", "from", "yesterday", InvalidTime)]
    [InlineData("audit", "to", "2026-13-01T00:00:00Z", InvalidTime)]
    public async Task Search_reports_invalid_parameters(string list, string name, string value, string message)
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var route = $"/api/{list}?{name}={Uri.EscapeDataString(value)}";

        (await _client.GetAsync(route, admin.AccessToken).ShouldBeInvalidAsync(name)).ShouldBe([message]);
    }
}
