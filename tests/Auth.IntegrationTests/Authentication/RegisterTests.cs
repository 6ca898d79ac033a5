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
    public async Task The_address_is_kept_as_entered_except_for_surrounding_white_space()
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
    public async Task A_taken_address_is_rejected_in_every_spelling(string form)
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

    [Theory]
    [InlineData("")]
    [InlineData("@example.com")]
    public async Task Invalid_addresses_are_rejected(string email)
    {
        await _client.PostAsync("/api/auth/register", new { email, password = Password }).ShouldBeInvalidAsync("email");
    }

    [Fact]
    public async Task Every_invalid_field_is_named()
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
    public async Task Only_the_documented_properties_can_be_set()
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
