using System.Net;
using System.Text.Json.Nodes;
using Auth.Api.Configuration;
using Auth.IntegrationTests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Hosting;

public sealed class PathPrefixTests : IAsyncLifetime
{
    private const string Header = "X-Forwarded-Prefix";

    private static readonly (string, string?) s_knownProxy = ("ForwardedHeaders:KnownProxies:0", "127.0.0.1");

    private readonly TestDatabase _database = new();
    private TestService? _service;

    private HttpClient Client => _service!.Client;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        _database.Dispose();
    }

    [Theory]
    [InlineData(null, "/auth", false)]
    [InlineData(null, "/auth/", false)]
    [InlineData(null, "/auth", true)]
    [InlineData("/auth", null, false)]
    [InlineData("/auth", null, true)]
    [InlineData("/auth/", null, false)]
    [InlineData("/auth", "/auth", false)]
    [InlineData("/somewhere-else", "/auth", false)]
    public async Task A_browser_signs_in_refreshes_and_logs_out_through_the_proxy(
        string? setting,
        string? forwarded,
        bool isLeftOnThePath
    )
    {
        Start(s_knownProxy, ("Hosting:PathBase", setting));
        var browser = new CookieContainer();

        using var registered = await SendAsync(
            "POST",
            "/api/auth/register",
            new { email = Account.NewEmail(), password = Account.DefaultPassword }
        );
        await registered.ShouldBeAsync(201);
        registered.Headers.Location!.OriginalString.ShouldBe("/auth/api/users/me");
        registered.Cookie().ShouldNotBeNull().Path.Value.ShouldBe("/auth/api/auth");
        browser
            .GetCookies(At("/auth/api/auth/login"))
            .Select(cookie => cookie.Name)
            .ShouldBe(["refreshToken", "device"]);

        using var refreshed = await SendAsync("POST", "/api/auth/refresh");
        await refreshed.ShouldBeAsync(200);

        using var loggedOut = await SendAsync("POST", "/api/auth/logout");
        await loggedOut.ShouldBeAsync(204);
        browser.GetCookies(At("/auth/api/auth/login")).Select(cookie => cookie.Name).ShouldBe(["device"]);

        using var refused = await SendAsync("POST", "/api/auth/refresh");
        ((int)refused.StatusCode).ShouldBe(401);
        (await JsonOfAsync(refused)).Text("instance").ShouldBe("/auth/api/auth/refresh");

        using var swagger = await SendAsync("GET", "/swagger");
        new Uri(At("/auth/swagger"), swagger.Headers.Location!).ShouldBe(At("/auth/swagger/index.html"));
        using var document = await SendAsync("GET", "/swagger/v1/swagger.json");
        (await JsonOfAsync(document))["servers"]![0]!.Text("url").ShouldBe("/auth");

        // As a browser and a proxy do it together.
        async Task<HttpResponseMessage> SendAsync(string method, string path, object? body = null)
        {
            var seen = At("/auth" + path);
            var cookies = browser.GetCookieHeader(seen);
            var response = await Client.SendAsync(
                method,
                (isLeftOnThePath ? "/auth" : "") + path,
                body,
                cookie: cookies.Length == 0 ? null : cookies,
                headers: forwarded is null ? [] : [(Header, forwarded)]
            );
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set)
                {
                    browser.SetCookies(seen, cookie);
                }
            }

            return response;
        }
    }

    [Theory]
    [InlineData("auth")]
    [InlineData("/")]
    [InlineData("//evil.example")]
    [InlineData("//evil")]
    [InlineData("/auth/../api")]
    [InlineData("/a.b")]
    [InlineData("/auth; Domain=evil")]
    [InlineData("/auth%0d%0aSet-Cookie:%20a=b")]
    [InlineData("/auth%2f..")]
    [InlineData("/auth?a=b")]
    [InlineData("/auth#a")]
    [InlineData("https://evil.example/auth")]
    [InlineData("/api")]
    [InlineData("LONG")]
    public async Task An_invalid_prefix_is_ignored(string value)
    {
        Start(s_knownProxy);

        await ShouldHaveNoPrefixAsync(value == "LONG" ? "/" + new string('a', PathPrefix.MaxLength) : value);
    }

    [Fact]
    public async Task A_prefix_from_an_unknown_peer_is_ignored()
    {
        Start(("ForwardedHeaders:KnownProxies:0", "203.0.113.7"));

        await ShouldHaveNoPrefixAsync("/auth");
    }

    [Fact]
    public async Task Without_known_proxies_the_prefix_is_ignored()
    {
        Start();

        await ShouldHaveNoPrefixAsync("/auth");
    }

    [Fact]
    public async Task A_path_that_merely_starts_with_the_prefix_text_does_not_match()
    {
        Start(("Hosting:PathBase", "/auth"));

        foreach (var path in new[] { "/authority/api/auth/me", "/AUTH/api/auth/me", "/auth/auth/api/auth/me" })
        {
            using var response = await Client.GetAsync(path, bearer: null);
            ((int)response.StatusCode).ShouldBe(404, path);
        }
    }

    [Fact]
    public void A_prefix_cannot_start_with_a_path_of_the_service()
    {
        Start();

        var segments = _service!
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').Split('/')[0])
            .Distinct(StringComparer.Ordinal)
            .ToList();
        segments.ShouldNotBeEmpty();
        segments.Where(segment => PathPrefix.Normalize($"/{segment}/auth") is not null).ShouldBeEmpty();
    }

    private static Uri At(string path) => new("http://example.com" + path);

    private static async Task<JsonNode> JsonOfAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

    private void Start(params (string, string?)[] settings) =>
        _service = TestService.Start(_database, clock: null, settings);

    private async Task ShouldHaveNoPrefixAsync(string forwarded)
    {
        using var response = await Client.SendAsync(
            "POST",
            "/api/auth/register",
            new { email = Account.NewEmail(), password = Account.DefaultPassword },
            headers: (Header, forwarded)
        );

        await response.ShouldBeAsync(201);
        response.Headers.Location!.OriginalString.ShouldBe("/api/users/me");
        response
            .Headers.GetValues("Set-Cookie")
            .ShouldAllBe(cookie => cookie.Contains("; path=/api/auth;", StringComparison.Ordinal));
    }
}
