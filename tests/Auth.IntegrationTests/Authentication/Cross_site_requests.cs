using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class Cross_site_requests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly TestService _service;
    private readonly HttpClient _client;

    public Cross_site_requests()
    {
        _service = TestService.Start(_database, clock: null, ("Cors:AllowedOrigins:0", "https://app.example.com"));
        _client = _service.Client;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _database.Dispose();
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "https://app.example.com.evil.example")]
    [InlineData("Origin", "null")]
    public async Task Pages_of_other_origins_cannot_use_the_cookie(string header, string value)
    {
        var cookie = await SignInAsync();

        foreach (var route in new[] { "/api/auth/refresh", "/api/auth/logout" })
        {
            using var response = await _client.SendAsync("POST", route, cookie: cookie, headers: (header, value));
            await response.ShouldBeProblemAsync(403, "CROSS_SITE_REQUEST");
            response.Cookie().ShouldBeNull();
        }

        // Nothing has happened to the session.
        await _client.SendAsync("POST", "/api/auth/refresh", cookie: cookie).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Pages_of_configured_origins_can()
    {
        var cookie = await SignInAsync();

        using var response = await _client.SendAsync(
            "POST",
            "/api/auth/refresh",
            cookie: cookie,
            headers: [("Origin", "https://app.example.com"), ("Sec-Fetch-Site", "cross-site")]
        );

        await response.ShouldBeAsync(200);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://app.example.com"]);
        response.Headers.GetValues("Access-Control-Allow-Credentials").ShouldBe(["true"]);
        response.Headers.Vary.ShouldContain("Origin");
    }

    [Fact]
    public async Task Pages_of_the_service_itself_can()
    {
        var cookie = await SignInAsync();
        var own = _client.BaseAddress!.GetLeftPart(UriPartial.Authority);

        await _client
            .SendAsync("POST", "/api/auth/refresh", cookie: cookie, headers: ("Sec-Fetch-Site", "same-origin"))
            .ShouldBeAsync(200);
        await _client
            .SendAsync("POST", "/api/auth/refresh", cookie: cookie, headers: ("Origin", own))
            .ShouldBeAsync(200);
    }

    [Fact]
    public async Task Who_sends_the_token_in_the_body_has_it_already()
    {
        var account = await Account.RegisterAsync(_client);
        (string, string)[] headers = [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")];

        await _client
            .SendAsync("POST", "/api/auth/refresh", new { refreshToken = account.RefreshToken }, headers: headers)
            .ShouldBeAsync(200);
        await _client
            .SendAsync("POST", "/api/auth/logout", new { refreshToken = account.RefreshToken }, headers: headers)
            .ShouldBeAsync(204);
    }

    [Fact]
    public async Task Other_origins_may_not_read_answers()
    {
        using var response = await _client.SendAsync(
            "GET",
            "/health/live",
            headers: ("Origin", "https://evil.example")
        );

        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        // Caches keep it apart from what an allowed origin gets.
        response.Headers.Vary.ShouldContain("Origin");
    }

    private async Task<string> SignInAsync()
    {
        var request = new { email = Account.NewEmail(), password = Account.DefaultPassword };
        using var response = await _client.PostAsync("/api/auth/register", request);
        await response.ShouldBeAsync(201);
        var cookie = response.Cookie().ShouldNotBeNull();
        return $"{cookie.Name}={cookie.Value}";
    }
}
