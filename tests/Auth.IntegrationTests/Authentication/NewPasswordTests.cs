using System.Text;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class NewPasswordTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData("  seven violet kettles  ")]
    [InlineData("pa\u0308sse-partout-\u212bngstr\u00f6m")]
    [InlineData("🦊🐙🦉🐢🦋🐌🦔🐝")]
    public async Task Passwords_are_used_exactly_as_sent(string password)
    {
        var account = await Account.RegisterAsync(_client, password: password);

        await account.LoginAgainAsync(_client);
        string[] others =
        [
            password.Trim(),
            password + " ",
            password.ToUpperInvariant(),
            password.ToLowerInvariant(),
            password.Normalize(NormalizationForm.FormC),
            password.Normalize(NormalizationForm.FormD),
            password.Normalize(NormalizationForm.FormKC),
        ];
        foreach (var other in others.Where(other => other != password).Distinct())
        {
            await ShouldNotBeItAsync(account, other);
        }
    }

    [Theory]
    [InlineData(7, 400)]
    [InlineData(8, 201)]
    [InlineData(256, 201)]
    [InlineData(257, 400)]
    public async Task Passwords_have_8_to_256_code_points(int length, int status)
    {
        // Two UTF-16 units and four bytes each.
        var emoji = string.Concat(
            Enumerable.Range(0, length).Select(number => new Rune(0x1f300 + (number * 89 % 500)).ToString())
        );

        foreach (var password in new[] { emoji, Unpredictable(length) })
        {
            using var response = await RegisterAsync(password);
            if (status == 201)
            {
                await response.ShouldBeAsync(201);
            }
            else
            {
                var problem = await response.ShouldBeProblemAsync(400, "VALIDATION_FAILED");
                problem["errors"]!.ShouldHaveMembers("password");
            }
        }
    }

    [Fact]
    public async Task Login_reveals_nothing_by_a_length_limit_of_its_own()
    {
        var account = await Account.RegisterAsync(_client);

        await ShouldNotBeItAsync(account, new string('x', 257));
        await ShouldNotBeItAsync(account, new string('x', 9_000));
        await ShouldNotBeItAsync(account, "short");
    }

    [Theory]
    [InlineData("12345678")]
    [InlineData("letmein123")]
    public async Task Guessable_passwords_are_rejected_with_a_reason(string password)
    {
        using var response = await RegisterAsync(password);

        var problem = await response.ShouldBeProblemAsync(400, "VALIDATION_FAILED");
        problem["errors"]!.ShouldHaveMembers("password");
        problem["errors"]!.Texts("password").ShouldHaveSingleItem().ShouldNotBeNullOrWhiteSpace();
        problem.ToJsonString().ShouldNotContain(password);
    }

    [Fact]
    public async Task Passwords_made_of_the_address_or_name_are_rejected()
    {
        var id = Guid.CreateVersion7().ToString("n")[..12];
        var email = $"margarethe{id}@wintergarten.example.com";
        string[] passwords = [email, $"margarethe{id}", $"Margarethe{id}1!", "Bartholomew-Quill", "quillbartholomew"];

        foreach (var password in passwords)
        {
            await _client
                .PostAsync(
                    "/api/auth/register",
                    new
                    {
                        email,
                        password,
                        displayName = "Bartholomew Quill",
                    }
                )
                .ShouldBeInvalidAsync("password");
        }
    }

    [Fact]
    public async Task Passwords_never_expire()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database);
        var account = await Account.RegisterAsync(service.Client);

        service.Clock.Advance(TimeSpan.FromDays(5 * 365));

        await account.LoginAgainAsync(service.Client);
    }

    [Fact]
    public async Task Passwords_made_of_the_configured_context_words_are_rejected()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database, clock: null, ("Passwords:ContextWords:0", "Wayfarer"));
        var account = await Account.RegisterAsync(service.Client);

        await service
            .Client.PostAsync("/api/auth/register", new { email = Account.NewEmail(), password = "Wayfarer-2026" })
            .ShouldBeInvalidAsync("password");
        await service
            .Client.PostAsync(
                "/api/auth/change-password",
                new { currentPassword = account.Password, newPassword = "Wayfarer-2026" },
                account.AccessToken
            )
            .ShouldBeInvalidAsync("newPassword");
    }

    private static string Unpredictable(int length) =>
        string.Concat(Enumerable.Range(1, length).Select(number => (char)('!' + (number * number * 31 % 89))));

    private Task<HttpResponseMessage> RegisterAsync(string password) =>
        _client.PostAsync("/api/auth/register", new { email = Account.NewEmail(), password });

    private async Task ShouldNotBeItAsync(Account account, string password) =>
        await _client
            .PostAsync("/api/auth/login", new { email = account.Email, password })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
}
