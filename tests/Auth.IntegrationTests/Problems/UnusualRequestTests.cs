using System.Text;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Problems;

public sealed class UnusualRequestTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/api/nothing")]
    [InlineData("POST", "/api/nothing")]
    [InlineData("DELETE", "/api/auth")]
    [InlineData("GET", "/api/auth/me/more")]
    [InlineData("GET", "/api//auth/me")]
    [InlineData("GET", "/api%2fauth%2fme")]
    [InlineData("GET", "/favicon.ico")]
    [InlineData("GET", "/.env")]
    [InlineData("GET", "/appsettings.json")]
    [InlineData("GET", "/%F0%9F%A6%8A")]
    public async Task Unknown_routes_are_not_found(string method, string route)
    {
        var account = await Account.RegisterAsync(_client);

        await _client.SendAsync(method, route).ShouldBeProblemAsync(404, "NOT_FOUND");
        await _client.SendAsync(method, route, bearer: account.AccessToken).ShouldBeProblemAsync(404, "NOT_FOUND");
        await _client.SendAsync(method, route, bearer: "nonsense").ShouldBeProblemAsync(404, "NOT_FOUND");
    }

    [Theory]
    [InlineData("GET", "/api/auth/register", "POST")]
    [InlineData("GET", "/api/auth/login", "POST")]
    [InlineData("PUT", "/api/auth/login", "POST")]
    [InlineData("TRACE", "/api/auth/login", "POST")]
    [InlineData("GET", "/api/auth/refresh", "POST")]
    [InlineData("GET", "/api/auth/logout", "POST")]
    [InlineData("GET", "/api/auth/logout-all", "POST")]
    [InlineData("GET", "/api/auth/change-password", "POST")]
    [InlineData("POST", "/api/auth/me", "GET")]
    [InlineData("DELETE", "/api/auth/me", "GET")]
    [InlineData("PUT", "/api/users/me", "GET")]
    [InlineData("PUT", "/api/users/me", "PATCH")]
    [InlineData("GET", "/api/users/me/delete", "POST")]
    [InlineData("PUT", "/api/users", "GET")]
    [InlineData("GET", "/api/users/019aa0a1-0000-7000-8000-000000000000/roles", "PUT")]
    [InlineData("POST", "/api/users/019aa0a1-0000-7000-8000-000000000000/role", "PATCH")]
    [InlineData("GET", "/api/users/019aa0a1-0000-7000-8000-000000000000/disable", "POST")]
    [InlineData("POST", "/health/live", "GET")]
    [InlineData("DELETE", "/health", "GET")]
    [InlineData("BREW", "/api/auth/login", "POST")]
    public async Task An_unsupported_method_is_rejected_with_the_supported_ones(
        string method,
        string route,
        string allowed
    )
    {
        using var response = await _client.SendAsync(method, route);

        await response.ShouldBeProblemAsync(405, "METHOD_NOT_ALLOWED");
        response.Content.Headers.Allow.ShouldContain(allowed);
        response.Content.Headers.Allow.ShouldNotContain(method);
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        var account = await Account.RegisterAsync(_client);

        await HeadAsync("/health/live", null).ShouldBeAsync(200);
        (await HeadAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200)).AsObject().ShouldBeEmpty();
        (await HeadAsync("/api/auth/me", null).ShouldBeAsync(401)).AsObject().ShouldBeEmpty();
        (await HeadAsync("/nothing", null).ShouldBeAsync(404)).AsObject().ShouldBeEmpty();

        Task<HttpResponseMessage> HeadAsync(string route, string? bearer) =>
            _client.SendAsync("HEAD", route, bearer: bearer);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml")]
    [InlineData("application/problem+json")]
    [InlineData("*/*;q=0.1")]
    [InlineData("nonsense")]
    public async Task The_response_is_JSON_or_a_problem_whatever_the_Accept_header(string accept)
    {
        var account = await Account.RegisterAsync(_client);

        using var good = await _client.SendAsync(
            "GET",
            "/api/auth/me",
            bearer: account.AccessToken,
            headers: ("Accept", accept)
        );
        using var bad = await _client.SendAsync("GET", "/api/auth/me", headers: ("Accept", accept));

        if (good.IsSuccessStatusCode)
        {
            good.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("application/json");
        }
        else
        {
            await good.ShouldBeSomeProblemAsync();
        }

        await bad.ShouldBeProblemAsync(401, "MISSING_TOKEN");
    }

    [Fact]
    public async Task Every_response_restricts_browsers_and_hides_the_server()
    {
        (string Method, string Route)[] requests =
        [
            ("GET", "/health"),
            ("GET", "/nothing"),
            ("GET", "/api/auth/me"),
            ("PUT", "/api/auth/me"),
            ("POST", "/api/auth/login"),
            ("POST", "/api/auth/logout"),
        ];

        foreach (var (method, route) in requests)
        {
            using var response = await _client.SendAsync(method, route);
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            response.Headers.GetValues("Referrer-Policy").ShouldHaveSingleItem();
            response
                .Headers.GetValues("Content-Security-Policy")
                .ShouldHaveSingleItem()
                .ShouldContain("frame-ancestors 'none'");
            response.Headers.Contains("Server").ShouldBeFalse();
            response.Headers.Contains("X-Powered-By").ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("GET /api/auth/me%00 HTTP/1.1")]
    [InlineData("GET /api/users/%00 HTTP/1.1")]
    [InlineData("GET /api/auth/%ff%fe HTTP/1.1")]
    [InlineData("GET /api/auth/%zz HTTP/1.1")]
    [InlineData("GET api/auth/me HTTP/1.1")]
    [InlineData("GET  /api/auth/me  HTTP/1.1")]
    [InlineData("G\0T /api/auth/me HTTP/1.1")]
    [InlineData("nonsense")]
    public async Task A_malformed_request_line_is_rejected(string line)
    {
        (await _client.SendRawAsync([line])).ShouldBeRefused();
    }

    [Theory]
    [InlineData("X-Header: \0")]
    [InlineData("Host: other.example.com")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: ten")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Transfer-Encoding: gzip")]
    [InlineData(": nameless")]
    [InlineData("no colon")]
    public async Task A_malformed_header_is_rejected(string header)
    {
        var answer = await _client.SendRawAsync([
            "POST /api/auth/login HTTP/1.1",
            "Content-Type: application/json",
            header,
        ]);

        answer.ShouldBeRefused();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("80000000")]
    [InlineData("FFFFFFFFFFFFFFFFFF")]
    public async Task A_chunk_with_an_invalid_length_is_malformed(string length)
    {
        var answer = await _client.SendRawAsync(
            ["POST /api/auth/login HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked"],
            Encoding.ASCII.GetBytes($"{length}\r\n{{}}\r\n0\r\n\r\n")
        );

        answer.ShouldBeRefused();
        answer.Json.Text("code").ShouldBe("MALFORMED_REQUEST");
    }

    [Fact]
    public async Task Oversized_headers_and_URLs_are_rejected()
    {
        var long40K = new string('a', 40_000);

        (await _client.SendRawAsync(["GET /api/auth/me HTTP/1.1", $"X-Long: {long40K}"])).ShouldBeRefused();
        (await _client.SendRawAsync([$"GET /api/auth/me?{long40K} HTTP/1.1"])).ShouldBeRefused();
        (await _client.SendRawAsync([$"GET /{long40K} HTTP/1.1"])).ShouldBeRefused();
        string[] many = [.. Enumerable.Range(0, 500).Select(number => $"X-{number}: a")];
        (await _client.SendRawAsync(["GET /api/auth/me HTTP/1.1", .. many])).ShouldBeRefused();
        var token = await _client
            .GetAsync("/api/auth/me", new string('a', 20_000))
            .ShouldBeProblemAsync(401, "INVALID_TOKEN");
        token.ToJsonString().ShouldNotContain("aaaa");
    }

    [Fact]
    public async Task Unusual_client_descriptions_are_stored_safely()
    {
        var account = await Account.RegisterAsync(_client);
        foreach (var agent in new[] { new string('a', 2_000), "<script>{0}%s", "'; DROP TABLE", "" })
        {
            await _client
                .SendAsync(
                    "POST",
                    "/api/auth/login",
                    new { email = account.Email, password = account.Password },
                    headers: ("User-Agent", agent)
                )
                .ShouldBeAsync(200);
        }

        // The owner sees them again.
        await _client.GetAsync("/api/auth/sessions", account.AccessToken).ShouldBeAsync(200);
    }
}
