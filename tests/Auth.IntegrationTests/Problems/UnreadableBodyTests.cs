using System.Text;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Problems;

public sealed class UnreadableBodyTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string Login = "/api/auth/login";

    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData("{")]
    [InlineData("{\"email\"")]
    [InlineData("{\"email\":\"a@example.com\",}")]
    [InlineData("{/* comment */}")]
    [InlineData("{'email':'a'}")]
    [InlineData("{}{}")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("<email>a</email>")]
    [InlineData("{\"x\":NaN}")]
    [InlineData("{\"x\":\"\\u12\"}")]
    [InlineData("{\"x\":\"line\nbreak\"}")]
    public async Task Anything_but_a_JSON_object_is_malformed_on_every_route(string json)
    {
        await ForEachRouteAsync(() => Http.Json(json), 400, "MALFORMED_REQUEST");
    }

    [Theory]
    [InlineData("{\"email\":\"a@example.com\",\"email\":\"b@example.com\"}")]
    [InlineData("{\"email\":\"a@example.com\",\"email\":\"a@example.com\"}")]
    [InlineData("{\"email\":\"a@example.com\",\"\\u0065mail\":\"b@example.com\"}")]
    [InlineData("{\"email\":\"a@example.com\",\"EMAIL\":\"b@example.com\"}")]
    [InlineData("{\"refreshToken\":null,\"refreshToken\":\"x\"}")]
    [InlineData("{\"unknown\":1,\"unknown\":2}")]
    [InlineData("{\"unknown\":1,\"\\u0075nknown\":1}")]
    [InlineData("{\"unknown\":{\"a\":1,\"a\":2}}")]
    public async Task Duplicate_properties_are_malformed(string json)
    {
        // Even if something else is wrong or missing.
        await _client.PostAsync("/api/auth/register", Http.Json(json)).ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
        await _client.PostAsync(Login, Http.Json(json)).ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
    }

    [Theory]
    [InlineData("{\"refreshToken\":1}")]
    [InlineData("{\"refreshToken\":true}")]
    [InlineData("{\"refreshToken\":[]}")]
    [InlineData("{\"refreshToken\":[\"x\"]}")]
    [InlineData("{\"refreshToken\":{}}")]
    public async Task A_value_of_another_type_is_malformed(string json)
    {
        await _client.PostAsync("/api/auth/refresh", Http.Json(json)).ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
        await _client.PostAsync("/api/auth/logout", Http.Json(json)).ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
        foreach (var member in new[] { "email", "password", "refreshTokenIn" })
        {
            var other = json.Replace("refreshToken", member, StringComparison.Ordinal);
            await _client.PostAsync(Login, Http.Json(other)).ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
        }
    }

    [Fact]
    public async Task A_duplicate_property_signs_nobody_in()
    {
        var account = await Account.RegisterAsync(_client);
        var json =
            $$"""{"email":"{{account.Email}}","password":"{{account.Password}}","refreshTokenIn":"body","Password":"x"}""";

        await _client.PostAsync(Login, Http.Json(json)).ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
    }

    [Fact]
    public async Task Unknown_members_and_deep_but_bounded_ones_are_ignored()
    {
        var account = await Account.RegisterAsync(_client);
        var json =
            $$"""{"extra":[{"a":[1.5e3,null,true]}],"email":"{{account.Email}}","password":"{{account.Password}}"}""";

        await _client.PostAsync(Login, Http.Json(json)).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Deep_nesting_is_malformed()
    {
        foreach (var depth in new[] { 100, 2_500 })
        {
            var nested = "{\"x\":" + new string('[', depth) + new string(']', depth) + "}";
            var open = string.Concat(Enumerable.Repeat("{\"x\":", depth / 2));

            await ForEachRouteAsync(() => Http.Json(nested), 400, "MALFORMED_REQUEST");
            await ForEachRouteAsync(() => Http.Json(open), 400, "MALFORMED_REQUEST");
        }
    }

    [Fact]
    public async Task An_empty_body_is_malformed_where_one_is_expected()
    {
        foreach (var route in new[] { "/api/auth/register", Login })
        {
            await _client.SendAsync("POST", route).ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
            await _client.PostAsync(route, Http.Json("")).ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
            await _client.PostAsync(route, Http.Json("  \n")).ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
        }

        var account = await Account.RegisterAsync(_client);
        await _client
            .SendAsync("PATCH", "/api/users/me", bearer: account.AccessToken)
            .ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
        await _client
            .SendAsync("POST", "/api/auth/change-password", bearer: account.AccessToken)
            .ShouldBeProblemAsync(400, "MALFORMED_REQUEST");
    }

    [Fact]
    public async Task Invalid_UTF_8_is_malformed()
    {
        byte[][] texts =
        [
            [0xff],
            [0xc3, 0x28],
            [0xc0, 0xaf],
            [0xed, 0xa0, 0x80],
            [0xf4, 0x90, 0x80, 0x80],
            [0xe2, 0x82],
            [0x00],
            [0x1f],
        ];

        foreach (var text in texts)
        {
            byte[] body = [.. "{\"email\":\"a"u8, .. text, .. "b@example.com\",\"password\":\"x\"}"u8];
            await ForEachRouteAsync(() => Http.Bytes(body), 400, "MALFORMED_REQUEST");
        }

        await ForEachRouteAsync(() => Http.Bytes("{}\0"u8), 400, "MALFORMED_REQUEST");
        await ForEachRouteAsync(() => Http.Bytes("\0{}"u8), 400, "MALFORMED_REQUEST");
        await ForEachRouteAsync(() => Http.Bytes(Encoding.Unicode.GetBytes("{}")), 400, "MALFORMED_REQUEST");
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_cause_a_server_error()
    {
        byte[] body = [0xef, 0xbb, 0xbf, .. "{}"u8];

        using var response = await _client.PostAsync(Login, Http.Bytes(body));

        await response.ShouldBeSomeProblemAsync();
        ((int)response.StatusCode).ShouldBe(400);
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\"")]
    [InlineData("\"a\\ud800b\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    public async Task Lone_surrogates_are_rejected_in_every_string(string text)
    {
        await ForEachTextAsync(
            text,
            async response => await response.ShouldBeProblemAsync(400, "MALFORMED_REQUEST"),
            // Ignored properties may have any value.
            except: "unknown"
        );
    }

    [Theory]
    [InlineData("\"\\u0000\"")]
    [InlineData("\"\\ufffe@example.com\"")]
    [InlineData("\"\\u0130\\u0131\\u1e9e\\u0345\"")]
    [InlineData("\"\\ufdfa\\ufdfa\\ufdfa\\ufdfa\\ufdfa\\ufdfa\\ufdfa\\ufdfa\"")]
    [InlineData("\"\\r\\nSet-Cookie: a=b\"")]
    [InlineData("\"%00%n%s{0}${jndi:x}\"")]
    [InlineData("null")]
    [InlineData("\"LONG\"")]
    [InlineData("\"ACCENTS\"")]
    public async Task Unusual_text_is_handled(string text)
    {
        var long8K = "\"" + new string('x', 8_000) + "\"";
        var accents = "\"a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 2_000)) + "\"";
        var json = text switch
        {
            "\"LONG\"" => long8K,
            "\"ACCENTS\"" => accents,
            _ => text,
        };

        await ForEachTextAsync(
            json,
            async response =>
            {
                ((int)response.StatusCode).ShouldBeLessThan(500);
                if (!response.IsSuccessStatusCode)
                {
                    await response.ShouldBeSomeProblemAsync();
                }
            }
        );
    }

    [Fact]
    public async Task NUL_is_rejected_in_addresses_names_and_new_passwords()
    {
        var account = await Account.RegisterAsync(_client);

        await _client
            .PostAsync("/api/auth/login", new { email = "a\0@example.com", password = "x" })
            .ShouldBeInvalidAsync("email");
        await _client
            .PostAsync(
                "/api/auth/register",
                new { email = Account.NewEmail(), password = "correct-horse\0battery-staple" }
            )
            .ShouldBeInvalidAsync("password");
        await _client
            .SendAsync("PATCH", "/api/users/me", new { displayName = "a\0b" }, account.AccessToken)
            .ShouldBeInvalidAsync("displayName");
        await _client
            .PostAsync("/api/auth/login", new { email = account.Email, password = account.Password + "\0" })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    private async Task ForEachRouteAsync(Func<object> body, int status, string code)
    {
        var account = await Account.RegisterAsync(_client);
        // A user with all permissions, so that no other rejection comes first.
        var admin = await Account.LoginAsAdminAsync(_client);
        foreach (var row in Requests.WithBody)
        {
            var (method, route, needsToken) = row.Data;
            var caller = NeedsPermission(route) ? admin : account;
            await _client
                .SendAsync(method, route, body(), needsToken ? caller.AccessToken : null)
                .ShouldBeProblemAsync(status, code);
        }
    }

    private async Task ForEachTextAsync(string text, Func<HttpResponseMessage, Task> check, string except = "nothing")
    {
        foreach (var row in Requests.WithText)
        {
            var (method, route, template) = row.Data;
            if (template.Contains(except, StringComparison.Ordinal))
            {
                continue;
            }

            var caller = NeedsPermission(route)
                ? await Account.LoginAsAdminAsync(_client)
                : await Account.RegisterAsync(_client);
            var json = template
                .Replace("EMAIL", Account.NewEmail(), StringComparison.Ordinal)
                .Replace("TEXT", text, StringComparison.Ordinal);
            using var response = await _client.SendAsync(method, route, Http.Json(json), caller.AccessToken);
            await check(response);
        }
    }

    private static bool NeedsPermission(string route) =>
        route == "/api/users"
        || route.StartsWith("/api/users/0", StringComparison.Ordinal)
        || route.StartsWith("/api/roles", StringComparison.Ordinal);
}
