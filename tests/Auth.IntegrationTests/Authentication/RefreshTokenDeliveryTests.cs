using Auth.IntegrationTests.Support;
using Microsoft.Net.Http.Headers;

namespace Auth.IntegrationTests.Authentication;

public sealed class RefreshTokenDeliveryTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(14);

    // The absolute lifetime and a day.
    private static readonly TimeSpan s_cookieLifetime = TimeSpan.FromDays(31);

    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData(null)]
    [InlineData("cookie")]
    public async Task Browsers_get_it_in_an_HttpOnly_cookie(string? place)
    {
        var request = new
        {
            email = Account.NewEmail(),
            password = Account.DefaultPassword,
            refreshTokenIn = place,
        };

        using var registered = await _client.PostAsync("/api/auth/register", request);
        using var loggedIn = await _client.PostAsync("/api/auth/login", request);

        await ShouldBeInCookieAsync(registered, 201);
        await ShouldBeInCookieAsync(loggedIn, 200);
    }

    [Fact]
    public async Task Delivery_in_the_body_sets_no_cookie()
    {
        var account = await Account.RegisterAsync(_client);

        using var response = await _client.PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken });

        (await response.ShouldBeAsync(200)).ShouldBeSignIn(withRefreshToken: true);
        response.Cookie().ShouldBeNull();
        response.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_from_the_cookie_is_followed_by_one_in_the_cookie(bool withBody)
    {
        var token = await SignInByCookieAsync();

        using var response = await _client.PostAsync(
            "/api/auth/refresh",
            withBody ? new { } : null,
            cookie: $"refreshToken={token}"
        );

        var successor = await ShouldBeInCookieAsync(response, 200);
        successor.ShouldNotBe(token);
    }

    [Fact]
    public async Task A_token_in_the_body_takes_precedence_over_the_cookie()
    {
        var inBody = await Account.RegisterAsync(_client);
        var inCookie = await SignInByCookieAsync();

        using var response = await _client.PostAsync(
            "/api/auth/refresh",
            new { refreshToken = inBody.RefreshToken },
            cookie: $"refreshToken={inCookie}"
        );

        var signIn = (await response.ShouldBeAsync(200)).ShouldBeSignIn(withRefreshToken: true);
        signIn.Text("sessionId").ShouldBe(inBody.SessionId);
        response.Cookie().ShouldBeNull();
        await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = "nonsense" }, cookie: $"refreshToken={inCookie}")
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        // Neither affected the token in the cookie.
        await _client.PostAsync("/api/auth/refresh", null, cookie: $"refreshToken={inCookie}").ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_refresh_without_a_token_is_rejected()
    {
        await _client.SendAsync("POST", "/api/auth/refresh").ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        await _client.PostAsync("/api/auth/refresh", new { }).ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = "" })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
    }

    [Fact]
    public async Task An_empty_token_in_the_body_counts_as_absent()
    {
        var token = await SignInByCookieAsync();

        using var response = await _client.PostAsync(
            "/api/auth/refresh",
            new { refreshToken = "" },
            cookie: $"refreshToken={token}"
        );

        await ShouldBeInCookieAsync(response, 200);
    }

    [Fact]
    public async Task An_empty_cookie_counts_as_absent()
    {
        using var response = await _client.PostAsync("/api/auth/refresh", null, cookie: "refreshToken=");

        await response.ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        response.Cookie().ShouldBeNull();
    }

    [Fact]
    public async Task The_cookie_of_an_ended_session_is_cleared()
    {
        var token = await SignInByCookieAsync();
        await _client.PostAsync("/api/auth/logout", new { refreshToken = token }).ShouldBeAsync(204);

        using var response = await _client.PostAsync("/api/auth/refresh", null, cookie: $"refreshToken={token}");

        var problem = await response.ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        problem.Text("reason").ShouldBe("logout");
        response.ShouldClearCookie();
    }

    [Fact]
    public async Task A_meaningless_cookie_is_cleared()
    {
        using var response = await _client.PostAsync("/api/auth/refresh", null, cookie: "refreshToken=nonsense");

        await response.ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        response.ShouldClearCookie();
    }

    [Fact]
    public async Task The_cookie_with_the_other_name_is_ignored()
    {
        var token = await SignInByCookieAsync();

        await _client
            .PostAsync("/api/auth/refresh", null, cookie: $"__Secure-refreshToken={token}")
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
    }

    [Fact]
    public async Task Always_secure_cookies_have_the_Secure_prefix()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database, clock: null, ("Cookies:Secure", "Always"));
        var request = new { email = Account.NewEmail(), password = Account.DefaultPassword };

        using var registered = await service.Client.PostAsync("/api/auth/register", request);

        await registered.ShouldBeAsync(201);
        var cookie = registered.Cookie().ShouldNotBeNull();
        cookie.Name.Value.ShouldBe("__Secure-refreshToken");
        cookie.Secure.ShouldBeTrue();
        cookie.HttpOnly.ShouldBeTrue();
        cookie.SameSite.ShouldBe(SameSiteMode.Strict);
        cookie.Path.Value.ShouldBe("/api/auth");
        await service
            .Client.PostAsync("/api/auth/refresh", null, cookie: $"refreshToken={cookie.Value}")
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        await service
            .Client.PostAsync("/api/auth/refresh", null, cookie: $"__Secure-refreshToken={cookie.Value}")
            .ShouldBeAsync(200);
    }

    private async Task<string> SignInByCookieAsync()
    {
        var request = new { email = Account.NewEmail(), password = Account.DefaultPassword };
        using var response = await _client.PostAsync("/api/auth/register", request);
        return await ShouldBeInCookieAsync(response, 201);
    }

    private async Task<string> ShouldBeInCookieAsync(HttpResponseMessage response, int status)
    {
        var signIn = (await response.ShouldBeAsync(status)).ShouldBeSignIn(withRefreshToken: false);
        var cookie = response.Cookie().ShouldNotBeNull();
        cookie.Name.Value.ShouldBe("refreshToken");
        cookie.HttpOnly.ShouldBeTrue();
        cookie.Secure.ShouldBeFalse();
        cookie.SameSite.ShouldBe(SameSiteMode.Strict);
        cookie.Path.Value.ShouldBe("/api/auth");
        cookie.Domain.HasValue.ShouldBeFalse();
        cookie.Expires.ShouldBeNull();
        var maxAge = cookie.MaxAge.ShouldNotBeNull();
        maxAge.ShouldBeLessThanOrEqualTo(s_cookieLifetime);
        maxAge.ShouldBeGreaterThan(s_cookieLifetime - TimeSpan.FromHours(1));
        signIn
            .ShouldHaveInstant("refreshTokenExpiresAt")
            .ShouldBeGreaterThan(fixture.Service.Clock.GetUtcNow() + s_lifetime - TimeSpan.FromHours(1));
        cookie.Value.Value.ShouldNotBeNullOrEmpty();
        signIn.ToJsonString().ShouldNotContain(cookie.Value.Value);
        return cookie.Value.Value;
    }
}
