using System.Globalization;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class BearerAuthenticationTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_token_identifies_the_caller()
    {
        var account = await Account.LoginAsAdminAsync(_client);

        using var response = await _client.GetAsync("/api/auth/me", account.AccessToken);

        var me = (await response.ShouldBeAsync(200)).ShouldHaveMembers(
            "userId",
            "sessionId",
            "roles",
            "permissions",
            "authenticatedAt",
            "acr",
            "amr",
            "expiresAt"
        );
        var claims = Http.Claims(account.AccessToken);
        me.Text("userId").ShouldBe(account.Id.ToString());
        me.Text("sessionId").ShouldBe(account.SessionId);
        me.Texts("roles").ShouldBe(["admin"]);
        me.Texts("permissions").ShouldBe(claims.Texts("permissions"));
        me.ShouldHaveInstant("authenticatedAt").ToUnixTimeSeconds().ShouldBe(claims["auth_time"]!.GetValue<long>());
        me.ShouldHaveInstant("expiresAt").ToUnixTimeSeconds().ShouldBe(claims["exp"]!.GetValue<long>());
        response.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_response_has_the_remaining_lifetime_of_the_token()
    {
        var account = await Account.RegisterAsync(_client);
        var before = await ExpiresInAsync("GET", "/api/auth/me", account.AccessToken);
        before.ShouldBeInRange(1, account.SignIn["expiresIn"]!.GetValue<int>());

        fixture.Service.Clock.Advance(TimeSpan.FromSeconds(100));

        (await ExpiresInAsync("GET", "/api/users/me", account.AccessToken)).ShouldBeInRange(0, before - 100);
        // Including rejections, whichever component produces them.
        await ExpiresInAsync("GET", "/api/users", account.AccessToken);
        await ExpiresInAsync("POST", "/api/auth/change-password", account.AccessToken);
        await ExpiresInAsync("POST", "/api/auth/logout-all", account.AccessToken);
    }

    [Fact]
    public async Task Without_a_token_the_challenge_names_no_error()
    {
        using var response = await _client.GetAsync("/api/auth/me", bearer: null);

        await response.ShouldBeProblemAsync(401, "MISSING_TOKEN");
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        response.Headers.Contains("X-Token-Expires-In").ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_in_the_query_or_the_body_is_ignored()
    {
        var account = await Account.RegisterAsync(_client);

        await _client
            .GetAsync($"/api/auth/me?access_token={account.AccessToken}", bearer: null)
            .ShouldBeProblemAsync(401, "MISSING_TOKEN");
        await _client
            .PostAsync("/api/auth/logout-all", new { access_token = account.AccessToken })
            .ShouldBeProblemAsync(401, "MISSING_TOKEN");
        await _client
            .SendAsync("GET", "/api/auth/me", cookie: $"access_token={account.AccessToken}")
            .ShouldBeProblemAsync(401, "MISSING_TOKEN");
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer {0} {0}")]
    public async Task A_malformed_Authorization_header_is_rejected(string form)
    {
        var account = await Account.RegisterAsync(_client);
        var header = form.Replace("{0}", account.AccessToken, StringComparison.Ordinal);

        using var response = await _client.SendAsync("GET", "/api/auth/me", headers: ("Authorization", header));

        await response.ShouldBeProblemAsync(401, "INVALID_FORMAT");
        response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
    }

    [Fact]
    public async Task Two_headers_are_rejected_even_if_one_is_valid()
    {
        var account = await Account.RegisterAsync(_client);
        var good = $"Authorization: Bearer {account.AccessToken}";

        foreach (var other in new[] { good, "Authorization: Bearer other", "Authorization: Basic dXNlcjpwYXNz" })
        {
            var answer = await _client.SendRawAsync(["GET /api/auth/me HTTP/1.1", good, other]);
            answer.ShouldBeRefused();
            answer.Status.ShouldBe(401);
            answer.Json.Text("code").ShouldBe("INVALID_FORMAT");
        }
    }

    [Fact]
    public async Task A_token_of_another_type_is_rejected()
    {
        var signIn = await _client
            .PostAsync(
                "/api/auth/register",
                new
                {
                    email = Account.NewEmail(),
                    password = Account.DefaultPassword,
                    refreshTokenIn = "body",
                    deviceToken = "",
                }
            )
            .ShouldBeAsync(201);

        foreach (var kind in new[] { "refreshToken", "deviceToken" })
        {
            await _client.GetAsync("/api/auth/me", signIn.Text(kind)).ShouldBeProblemAsync(401, "INVALID_TOKEN");
        }

        foreach (var kind in new[] { "accessToken", "deviceToken" })
        {
            await _client
                .PostAsync("/api/auth/refresh", new { refreshToken = signIn.Text(kind) })
                .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        }
    }

    [Fact]
    public async Task An_expired_token_is_rejected()
    {
        var account = await Account.RegisterAsync(_client);
        fixture.Service.Clock.Advance(TimeSpan.FromMinutes(15));

        using var response = await _client.GetAsync("/api/auth/me", account.AccessToken);

        await response.ShouldBeProblemAsync(401, "TOKEN_EXPIRED");
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"invalid_token\"");
        var refreshed = await account.RefreshAsync(_client);
        await _client.GetAsync("/api/auth/me", refreshed.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_missing_permission_is_named_as_insufficient_scope()
    {
        var account = await Account.RegisterAsync(_client);

        using var response = await _client.GetAsync("/api/users", account.AccessToken);

        await response.ShouldBeProblemAsync(403, "FORBIDDEN");
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"insufficient_scope\"");
    }

    [Fact]
    public async Task A_failed_login_sends_no_bearer_challenge()
    {
        using var response = await _client.PostAsync(
            "/api/auth/login",
            new { email = Account.NewEmail(), password = "x" }
        );

        await response.ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        response.Headers.WwwAuthenticate.ToString().ShouldNotContain("error");
    }

    private async Task<int> ExpiresInAsync(string method, string route, string accessToken)
    {
        using var response = await _client.SendAsync(method, route, method == "POST" ? new { } : null, accessToken);
        return int.Parse(
            response.Headers.GetValues("X-Token-Expires-In").ShouldHaveSingleItem(),
            CultureInfo.InvariantCulture
        );
    }
}
