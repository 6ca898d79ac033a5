using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Browsers;

/// <summary>The headers for browsers in every response.</summary>
public sealed class SecurityHeaderTests(FriendlyService service) : IClassFixture<FriendlyService>
{
    private readonly HttpClient _client = service.Client;

    /// <summary>Method, path, status, origin.</summary>
    public static TheoryData<string, string, int, string?> Answers() =>
        new()
        {
            { "GET", "/health", 200, null },
            { "HEAD", "/health/live", 200, null },
            { "GET", "/.well-known/jwks.json", 200, null },
            { "GET", "/.well-known/openid-configuration", 200, FriendlyService.Friend },
            { "GET", "/swagger/v1/swagger.json", 200, null },
            { "GET", "/swagger", 301, null },
            { "GET", "/swagger/index.html", 200, null },
            { "GET", "/swagger/nothing", 404, null },
            { "GET", "/nothing", 404, FriendlyService.Friend },
            { "GET", "/api/auth/me", 401, null },
            { "GET", "/api/auth/me", 401, FriendlyService.Friend },
            { "GET", "/api/auth/me", 401, "https://evil.example" },
            { "PUT", "/api/auth/me", 405, null },
            { "POST", "/api/auth/login", 400, FriendlyService.Friend },
            { "POST", "/api/auth/logout", 204, null },
            { "POST", "/api/auth/logout", 403, "https://evil.example" },
            { "OPTIONS", "/api/auth/login", 204, FriendlyService.Friend },
            { "OPTIONS", "/api/auth/login", 204, "https://evil.example" },
            { "OPTIONS", "/api/auth/login", 405, null },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_response_has_security_headers(string method, string path, int status, string? origin)
    {
        var cookie = status == 403 ? "refreshToken=x" : null;
        (string, string)[] headers = origin is null
            ? []
            :
            [
                ("Origin", origin),
                .. method == "OPTIONS" ? [("Access-Control-Request-Method", "POST")] : Array.Empty<(string, string)>(),
            ];

        using var response = await _client.SendAsync(method, path, cookie: cookie, headers: headers);

        ((int)response.StatusCode).ShouldBe(status);
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "X-Frame-Options").ShouldBe("DENY");
        Header(response, "Referrer-Policy").ShouldBe("no-referrer");
        Header(response, "Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        var policy = Header(response, "Content-Security-Policy").ShouldNotBeNull();
        policy.ShouldStartWith("default-src 'none'; ");
        policy.ShouldContain("base-uri 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.Contains("script-src", StringComparison.Ordinal).ShouldBe(path == "/swagger/index.html");
        // Caches must not serve one origin's response to another.
        response.Headers.Vary.ShouldBe(["Origin"]);
        var isPublic = path.StartsWith("/.well-known", StringComparison.Ordinal) && origin is not null;
        Header(response, "Access-Control-Allow-Origin")
            .ShouldBe(
                isPublic ? "*"
                : origin == FriendlyService.Friend ? FriendlyService.Friend
                : null
            );
        if (origin == FriendlyService.Friend && !isPublic && method != "OPTIONS")
        {
            Header(response, "Access-Control-Expose-Headers").ShouldNotBeNull().ShouldContain("X-Token-Expires-In");
        }

        // Plain http, and Development.
        Header(response, "Strict-Transport-Security").ShouldBeNull();
        Header(response, "Server").ShouldBeNull();
        Header(response, "X-Powered-By").ShouldBeNull();
        if (path.StartsWith("/api", StringComparison.Ordinal) || status >= 400)
        {
            (method == "OPTIONS" && status == 204 || response.Headers.CacheControl?.NoStore == true).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Pages_are_isolated_and_may_not_use_device_features()
    {
        using var page = await _client.SendAsync("GET", "/swagger/index.html");

        Header(page, "Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header(page, "Permissions-Policy").ShouldNotBeNull().ShouldContain("camera=()");
    }

    [Fact]
    public async Task Without_configured_origins_responses_do_not_vary_by_origin()
    {
        await using var closed = TestService.Start(service.Database);

        using var response = await closed.Client.SendAsync(
            "GET",
            "/health",
            headers: ("Origin", FriendlyService.Friend)
        );

        response.Headers.Vary.ShouldBeEmpty();
        Header(response, "Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Over_https_responses_have_HSTS(string scheme, bool told)
    {
        using var process = new ServiceProcess([
            .. OperatorSettings.Required,
            ("ForwardedHeaders:KnownProxies:0", "127.0.0.1"),
        ]);
        using var client = await process.ListenAsync();

        foreach (var path in new[] { "/health/live", "/nothing" })
        {
            using var response = await client.SendAsync("GET", path, headers: ("X-Forwarded-Proto", scheme));
            Header(response, "Strict-Transport-Security").ShouldBe(told ? "max-age=31536000; includeSubDomains" : null);
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.ShouldHaveSingleItem() : null;
}
