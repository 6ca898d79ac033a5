using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class RegisterTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string Password = Account.DefaultPassword;

    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_new_user_is_signed_in_as_a_viewer()
    {
        var email = Account.NewEmail();

        using var response = await _client.PostAsync(
            "/api/auth/register",
            new
            {
                email,
                password = Password,
                displayName = "Zoë 🦊",
                refreshTokenIn = "body",
            }
        );

        var signIn = (await response.ShouldBeAsync(201)).ShouldBeSignIn(withRefreshToken: true);
        response.Headers.Location.ShouldNotBeNull().OriginalString.ShouldBe("/api/users/me");
        response.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
        var user = signIn["user"]!;
        Guid.Parse(user.Text("id")).Version.ShouldBe(7);
        user.Text("email").ShouldBe(email);
        user.Text("displayName").ShouldBe("Zoë 🦊");
        user["emailConfirmed"]!.GetValue<bool>().ShouldBeFalse();
        user.Texts("roles").ShouldBe(["viewer"]);
        user["permissions"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_access_token_has_the_claims_of_the_contract_and_no_personal_data()
    {
        var account = await Account.RegisterAsync(_client);

        var header = Http.Header(account.AccessToken).ShouldHaveMembers("alg", "kid", "typ");
        header.Text("typ").ShouldBe("at+jwt");
        header.Text("alg").ShouldBe("ES256");
        var claims = Http.Claims(account.AccessToken)
            .ShouldHaveMembers(
                "iss",
                "aud",
                "sub",
                "sid",
                "jti",
                "iat",
                "nbf",
                "exp",
                "auth_time",
                "amr",
                "ver",
                "roles",
                "permissions"
            );
        claims.Text("iss").ShouldBe("https://auth.example.com");
        claims.Text("aud").ShouldBe("example");
        claims.Texts("amr").ShouldBe(["pwd"]);
        claims.Texts("roles").ShouldBe(["viewer"]);
        claims.ToJsonString().ShouldNotContain(account.Email);
    }

    [Fact]
    public async Task The_address_is_kept_as_it_was_given_but_for_space_around_it()
    {
        var email = "Mixed.Case-" + Account.NewEmail();

        var account = await Account.RegisterAsync(_client, $"  {email}\t");

        account.SignIn["user"]!.Text("email").ShouldBe(email);
        await Account.LoginAsync(_client, email.ToUpperInvariant(), Password);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData(" {0} ")]
    [InlineData("UPPER")]
    [InlineData("FULLWIDTH")]
    public async Task An_address_that_is_taken_is_refused_however_it_is_written(string form)
    {
        var email = Account.NewEmail();
        await Account.RegisterAsync(_client, email);
        var other = form switch
        {
            "UPPER" => email.ToUpperInvariant(),
            "FULLWIDTH" => email.Replace('u', '\uff55'),
            _ => form.Replace("{0}", email, StringComparison.Ordinal),
        };

        await _client
            .PostAsync("/api/auth/register", new { email = other, password = Password })
            .ShouldBeProblemAsync(409, "EMAIL_ALREADY_REGISTERED");
    }

    [Fact]
    public async Task Composed_and_decomposed_letters_are_the_same_address()
    {
        var rest = Account.NewEmail();
        await Account.RegisterAsync(_client, "ren\u00e9." + rest);

        await _client
            .PostAsync("/api/auth/register", new { email = "REN\u0045\u0301." + rest, password = Password })
            .ShouldBeProblemAsync(409, "EMAIL_ALREADY_REGISTERED");
        await Account.LoginAsync(_client, "rene\u0301." + rest, Password);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("nobody")]
    [InlineData("@example.com")]
    [InlineData("nobody@")]
    [InlineData("a@b@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("<a@example.com>")]
    [InlineData("a\u0000@example.com")]
    [InlineData("a\r\nbcc:b@example.com")]
    [InlineData("a\u202e@example.com")]
    public async Task What_is_no_address_is_refused(string email)
    {
        await _client.PostAsync("/api/auth/register", new { email, password = Password }).ShouldBeInvalidAsync("email");
    }

    [Theory]
    [InlineData(254, 201)]
    [InlineData(255, 400)]
    [InlineData(300, 400)]
    public async Task An_address_has_up_to_254_characters(int length, int status)
    {
        var local = Guid.CreateVersion7().ToString("n");
        var labels = string.Concat(Enumerable.Repeat(new string('a', 50) + ".", 6));
        var email = $"{local}@{labels}"[..(length - 4)] + ".com";
        email.Length.ShouldBe(length);

        await _client.PostAsync("/api/auth/register", new { email, password = Password }).ShouldBeAsync(status);
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        await _client.PostAsync("/api/auth/register", new { }).ShouldBeInvalidAsync("email", "password");
        await _client
            .PostAsync(
                "/api/auth/register",
                new
                {
                    email = "no",
                    password = "short",
                    displayName = "",
                }
            )
            .ShouldBeInvalidAsync("email", "password", "displayName");
        await _client
            .PostAsync(
                "/api/auth/register",
                new
                {
                    email = Account.NewEmail(),
                    password = Password,
                    refreshTokenIn = "header",
                }
            )
            .ShouldBeInvalidAsync("refreshTokenIn");
    }

    [Theory]
    [InlineData("a", 201)]
    [InlineData("", 400)]
    [InlineData("tab\there", 400)]
    [InlineData("bell\u0007", 400)]
    [InlineData("nul\u0000", 400)]
    [InlineData("c1\u0085", 400)]
    public async Task A_display_name_is_text_without_control_characters(string displayName, int status)
    {
        var request = new
        {
            email = Account.NewEmail(),
            password = Password,
            displayName,
        };

        await _client.PostAsync("/api/auth/register", request).ShouldBeAsync(status);
    }

    [Theory]
    [InlineData(100, 201)]
    [InlineData(101, 400)]
    public async Task A_display_name_has_up_to_100_characters_of_any_kind(int length, int status)
    {
        var request = new
        {
            email = Account.NewEmail(),
            password = Password,
            displayName = string.Concat(Enumerable.Repeat("🦊", length)),
        };

        await _client.PostAsync("/api/auth/register", request).ShouldBeAsync(status);
    }

    [Fact]
    public async Task Nothing_but_the_listed_members_can_be_set()
    {
        var id = Guid.CreateVersion7();
        var email = Account.NewEmail();

        var signIn = await _client
            .PostAsync(
                "/api/auth/register",
                new
                {
                    email,
                    password = Password,
                    id,
                    userId = id,
                    role = "admin",
                    roles = new[] { "admin" },
                    permissions = new[] { "users:write" },
                    emailConfirmed = true,
                    isAdmin = true,
                    status = "disabled",
                    createdAt = "2001-01-01T00:00:00Z",
                    passwordHash = "x",
                    tokenVersion = 99,
                    user = new { role = "admin" },
                }
            )
            .ShouldBeAsync(201);

        var me = (
            await _client.GetAsync("/api/users/me", signIn.Text("accessToken")).ShouldBeAsync(200)
        ).ShouldBeUser();
        me.Text("id").ShouldNotBe(id.ToString());
        me.Texts("roles").ShouldBe(["viewer"]);
        me["permissions"]!.AsArray().ShouldBeEmpty();
        me["emailConfirmed"]!.GetValue<bool>().ShouldBeFalse();
        me.Text("status").ShouldBe("active");
        me.ShouldHaveInstant("createdAt").Year.ShouldBeGreaterThan(2020);
        await _client.GetAsync("/api/users", signIn.Text("accessToken")).ShouldBeProblemAsync(403, "FORBIDDEN");
    }
}
