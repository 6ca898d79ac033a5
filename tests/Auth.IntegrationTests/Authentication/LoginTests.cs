using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class LoginTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task Each_sign_in_starts_a_separate_session()
    {
        var account = await Account.RegisterAsync(_client);

        using var response = await _client.PostAsync(
            "/api/auth/login",
            new
            {
                email = account.Email,
                password = account.Password,
                refreshTokenIn = "body",
            }
        );

        var signIn = (await response.ShouldBeAsync(200)).ShouldBeSignIn(withRefreshToken: true);
        response.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
        signIn["user"]!.Text("id").ShouldBe(account.Id.ToString());
        signIn.Text("sessionId").ShouldNotBe(account.SessionId);
        signIn.Text("refreshToken").ShouldNotBe(account.RefreshToken);
        // The other device continues.
        await account.RefreshAsync(_client);
    }

    [Fact]
    public async Task Every_rejected_login_gets_the_same_response()
    {
        var account = await Account.RegisterAsync(_client);
        var disabled = await Account.RegisterAsync(_client);
        fixture
            .Database.Execute(
                $"UPDATE \"Users\" SET \"Status\" = 'Disabled' WHERE {fixture.Database.IdIs(disabled.Id.ToString())}"
            )
            .ShouldBe(1);

        string[] answers =
        [
            await RefusedAsync(Account.NewEmail(), Account.DefaultPassword),
            await RefusedAsync(account.Email, "another-wrong-guess-77"),
            await RefusedAsync(account.Email, "x"),
            await RefusedAsync(account.Email, new string('x', 5000)),
            await RefusedAsync(disabled.Email, disabled.Password),
            await RefusedAsync(disabled.Email, "another-wrong-guess-77"),
        ];

        answers.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Invalid_addresses_and_passwords_are_named()
    {
        await _client.PostAsync("/api/auth/login", new { }).ShouldBeInvalidAsync("email", "password");
        await _client
            .PostAsync("/api/auth/login", new { email = new string('a', 300) + "@example.com", password = "x" })
            .ShouldBeInvalidAsync("email");
        await _client
            .PostAsync(
                "/api/auth/login",
                new
                {
                    email = "a@example.com",
                    password = "x",
                    refreshTokenIn = "nowhere",
                }
            )
            .ShouldBeInvalidAsync("refreshTokenIn");
    }

    [Fact]
    public async Task The_last_sign_in_is_remembered()
    {
        var account = await Account.RegisterAsync(_client);
        var before = await LastSignInAsync(account);
        fixture.Service.Clock.Advance(TimeSpan.FromMinutes(5));

        var again = await account.LoginAgainAsync(_client);

        (await LastSignInAsync(again)).ShouldBeGreaterThanOrEqualTo(before.AddMinutes(5));
    }

    [Fact]
    public async Task Signing_in_again_in_a_browser_replaces_the_session()
    {
        var account = await Account.RegisterAsync(_client);
        var (token, signIn) = await SignInAsync(account);

        var (other, again) = await SignInAsync(account, $"refreshToken={token}");

        other.ShouldNotBe(token);
        again.Text("sessionId").ShouldNotBe(signIn.Text("sessionId"));
        var refused = await _client
            .PostAsync("/api/auth/refresh", body: null, cookie: $"refreshToken={token}")
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        refused.Text("reason").ShouldBe("signed_in_again");
        var revoked = await _client
            .GetAsync("/api/auth/me", signIn.Text("accessToken"))
            .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        revoked.Text("reason").ShouldBe("signed_in_again");
        // On other devices the user stays signed in.
        await account.RefreshAsync(_client);
    }

    [Fact]
    public async Task Only_the_session_of_the_replaced_cookie_ends()
    {
        var account = await Account.RegisterAsync(_client);
        var somebody = await Account.RegisterAsync(_client);
        var (token, signIn) = await SignInAsync(account);
        var cookie = $"refreshToken={token}";

        await SignInAsync(somebody, cookie);
        await SignInAsync(account, cookie, refreshTokenIn: "body");
        await SignInAsync(account, cookie, site: "same-site");
        await SignInAsync(account, "refreshToken=AQ");
        await _client
            .PostAsync("/api/auth/login", new { email = account.Email, password = "not-the-one" }, cookie: cookie)
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        await _client.GetAsync("/api/auth/me", signIn.Text("accessToken")).ShouldBeAsync(200);
        await _client.PostAsync("/api/auth/refresh", body: null, cookie: cookie).ShouldBeAsync(200);
    }

    private async Task<(string? Cookie, JsonNode SignIn)> SignInAsync(
        Account account,
        string? cookie = null,
        string refreshTokenIn = "cookie",
        string? site = null
    )
    {
        using var response = await _client.SendAsync(
            "POST",
            "/api/auth/login",
            new
            {
                email = account.Email,
                password = account.Password,
                refreshTokenIn,
            },
            cookie: cookie,
            headers: site is null ? [] : [("Sec-Fetch-Site", site)]
        );
        return (response.Cookie()?.Value.Value, await response.ShouldBeAsync(200));
    }

    private async Task<DateTimeOffset> LastSignInAsync(Account account)
    {
        var me = await _client.GetAsync("/api/users/me", account.AccessToken).ShouldBeAsync(200);
        return me.ShouldHaveInstant("lastSignInAt");
    }

    /// <summary>The whole response including headers, except what always differs.</summary>
    private async Task<string> RefusedAsync(string email, string password)
    {
        using var response = await _client.PostAsync("/api/auth/login", new { email, password });
        var problem = await response.ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = response
            .Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not "Date")
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
        return string.Join('\n', [.. headers, body.Replace(problem.Text("traceId"), "", StringComparison.Ordinal)]);
    }
}
