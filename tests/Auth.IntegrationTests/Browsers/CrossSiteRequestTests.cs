using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Browsers;

public sealed class CrossSiteRequestTests(FriendlyService service) : IClassFixture<FriendlyService>
{
    private readonly HttpClient _client = service.Client;

    public static TheoryData<string?, string?, bool> Requests() =>
        new()
        {
            // Sec-Fetch-Site, Origin, whether the cookie is accepted
            { null, null, true }, // no browser
            { "same-origin", "OWN", true },
            { "none", null, true }, // typed by the user
            { "cross-site", "https://evil.example", false },
            { "same-site", "https://evil.example.com", false },
            { "cross-site", null, false },
            { "cross-site", "null", false },
            { "cross-site", FriendlyService.Friend, true },
            { "same-site", FriendlyService.Friend, true },
            { null, "OWN", true },
            { null, FriendlyService.Friend, true },
            { null, "https://evil.example", false },
            { null, "http://app.example.com", false },
            { null, FriendlyService.Friend + ":444", false },
            { null, FriendlyService.Friend + ".evil.example", false },
            { null, "null", false },
        };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task The_cookie_is_accepted_only_from_our_own_and_configured_origins(
        string? fetchSite,
        string? origin,
        bool taken
    )
    {
        var cookie = await SignInAsync();

        foreach (var route in new[] { "/api/auth/refresh", "/api/auth/logout" })
        {
            using var response = await _client.SendAsync(
                "POST",
                route,
                cookie: cookie,
                headers: Headers(fetchSite, origin)
            );
            if (taken)
            {
                response.IsSuccessStatusCode.ShouldBeTrue(route);
                cookie = Cookie(response) ?? cookie;
            }
            else
            {
                await response.ShouldBeProblemAsync(403, "CROSS_SITE_REQUEST");
                response.Headers.Contains("Set-Cookie").ShouldBeFalse(route);
            }
        }

        // Rejected requests neither used up the token nor ended the session.
        using var after = await _client.SendAsync("POST", "/api/auth/refresh", cookie: cookie);
        ((int)after.StatusCode).ShouldBe(taken ? 401 : 200);
    }

    public static TheoryData<string, string, bool> Credentials() =>
        new()
        {
            // Whether the tokens in the body and in the header are valid
            { "absent", "absent", false },
            { "empty", "absent", false },
            { "unknown", "absent", false },
            { "absent", "unknown", false },
            { "unknown", "unknown", false },
            { "valid", "absent", true },
            { "valid", "unknown", true },
            { "ended", "absent", true },
            { "absent", "valid", true },
            { "empty", "valid", true },
            { "unknown", "valid", true },
        };

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task A_cross_site_logout_leaves_the_cookie_alone_whatever_else_it_carries(
        string inBody,
        string inHeader,
        bool proved
    )
    {
        var cookie = await SignInAsync();
        var other = await Account.RegisterAsync(_client);
        if (inBody == "ended")
        {
            await _client.PostAsync("/api/auth/logout", new { refreshToken = other.RefreshToken }).ShouldBeAsync(204);
        }

        using var response = await _client.SendAsync(
            "POST",
            "/api/auth/logout",
            inBody switch
            {
                "absent" => null,
                "empty" => new { refreshToken = "" },
                "unknown" => new { refreshToken = "nonsense" },
                _ => new { refreshToken = other.RefreshToken },
            },
            inHeader switch
            {
                "absent" => null,
                "unknown" => "not.a.token",
                _ => other.AccessToken,
            },
            cookie,
            Headers("cross-site", "https://evil.example")
        );

        if (proved)
        {
            await response.ShouldBeAsync(204);
            await other.ShouldHaveEndedAsync(_client, "logout");
        }
        else
        {
            await response.ShouldBeProblemAsync(403, "CROSS_SITE_REQUEST");
            await other.RefreshAsync(_client);
        }

        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        await _client.SendAsync("POST", "/api/auth/refresh", cookie: cookie).ShouldBeAsync(200);
    }

    [Fact]
    public async Task An_empty_token_in_the_body_does_not_open_the_cookie_to_other_pages()
    {
        var cookie = await SignInAsync();

        await _client
            .SendAsync(
                "POST",
                "/api/auth/refresh",
                new { refreshToken = "" },
                cookie: cookie,
                headers: Headers("cross-site", "https://evil.example")
            )
            .ShouldBeProblemAsync(403, "CROSS_SITE_REQUEST");
    }

    [Fact]
    public async Task A_token_in_the_body_is_accepted_from_any_origin()
    {
        var account = await Account.RegisterAsync(_client);

        using var response = await _client.SendAsync(
            "POST",
            "/api/auth/refresh",
            new { refreshToken = account.RefreshToken },
            headers: Headers("cross-site", "https://evil.example")
        );

        ((int)response.StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData(FriendlyService.Friend, true)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("http://app.example.com", false)]
    [InlineData(FriendlyService.Friend + ":444", false)]
    public async Task Only_configured_origins_may_read_responses(string origin, bool allowed)
    {
        using var preflight = await _client.SendAsync(
            "OPTIONS",
            "/api/auth/login",
            headers:
            [
                ("Origin", origin),
                ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "content-type"),
            ]
        );
        using var answer = await _client.SendAsync(
            "POST",
            "/api/auth/login",
            new { email = "a@example.com", password = "wrong" },
            headers: [("Origin", origin)]
        );

        foreach (var response in new[] { preflight, answer })
        {
            response.Headers.Vary.ShouldBe(["Origin"]);
            Header(response, "Access-Control-Allow-Origin").ShouldBe(allowed ? origin : null);
            Header(response, "Access-Control-Allow-Credentials").ShouldBe(allowed ? "true" : null);
        }
    }

    private (string, string)[] Headers(string? fetchSite, string? origin)
    {
        var own = _client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        return
        [
            .. fetchSite is null ? [] : new[] { ("Sec-Fetch-Site", fetchSite) },
            .. origin is null ? [] : new[] { ("Origin", origin == "OWN" ? own : origin) },
        ];
    }

    [Theory]
    [InlineData("/api/auth/register", "cross-site", FriendlyService.Friend)]
    [InlineData("/api/auth/login", "cross-site", FriendlyService.Friend)]
    [InlineData("/api/auth/register", null, "tauri://localhost")]
    [InlineData("/api/auth/login", null, "capacitor://localhost")]
    public async Task A_page_of_another_site_can_get_the_refresh_token_only_in_the_body(
        string route,
        string? fetchSite,
        string origin
    )
    {
        var headers = Headers(fetchSite, origin);
        var email = Account.NewEmail();
        if (route == "/api/auth/login")
        {
            await Account.RegisterAsync(_client, email);
        }

        var refused = await _client
            .SendAsync("POST", route, new { email, password = Account.DefaultPassword }, headers: headers)
            .ShouldBeProblemAsync(403, "CROSS_SITE_REQUEST");
        refused.Text("detail").ShouldContain("refreshTokenIn");

        var body = new
        {
            email,
            password = Account.DefaultPassword,
            refreshTokenIn = "Body",
        };
        using var response = await _client.SendAsync("POST", route, body, headers: headers);
        (await response.ShouldBeAsync(route == "/api/auth/login" ? 200 : 201)).Text("refreshToken").ShouldNotBeEmpty();
        response.Cookie().ShouldBeNull();
    }

    [Fact]
    public async Task Any_origin_may_read_the_keys_and_preflights_are_cached()
    {
        string[] documents =
        [
            "/.well-known/jwks.json",
            "/.well-known/openid-configuration",
            "/.well-known/revocations",
        ];
        foreach (var document in documents)
        {
            using var response = await _client.SendAsync(
                "GET",
                document,
                headers: ("Origin", "https://anybody.example")
            );
            ((int)response.StatusCode).ShouldBe(200);
            response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
            response.Headers.GetValues("Access-Control-Expose-Headers").ShouldBe(["ETag"]);

            using var conditional = await _client.SendAsync(
                "OPTIONS",
                document,
                headers:
                [
                    ("Origin", "https://anybody.example"),
                    ("Access-Control-Request-Method", "GET"),
                    ("Access-Control-Request-Headers", "if-none-match"),
                ]
            );
            Header(conditional, "Access-Control-Allow-Headers").ShouldBe("if-none-match");
            Header(conditional, "Access-Control-Max-Age").ShouldBe("7200");
        }

        using var preflight = await _client.SendAsync(
            "OPTIONS",
            "/api/auth/login",
            headers: [("Origin", FriendlyService.Friend), ("Access-Control-Request-Method", "POST")]
        );
        preflight.Headers.GetValues("Access-Control-Max-Age").ShouldBe(["7200"]);
    }

    private async Task<string> SignInAsync()
    {
        using var response = await _client.PostAsync(
            "/api/auth/register",
            new { email = Account.NewEmail(), password = Account.DefaultPassword }
        );
        ((int)response.StatusCode).ShouldBe(201);
        return Cookie(response).ShouldNotBeNull();
    }

    private static string? Cookie(HttpResponseMessage response) =>
        response.Cookie() is { Value.Length: > 0 } cookie ? $"{cookie.Name}={cookie.Value}" : null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
