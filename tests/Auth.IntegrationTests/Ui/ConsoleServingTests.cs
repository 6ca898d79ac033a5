using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Ui;

/// <summary>The console over HTTP, without a browser.</summary>
public sealed partial class ConsoleServingTests(ConsoleService service) : IClassFixture<ConsoleService>
{
    private readonly HttpClient _client = service.Client;

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/")]
    [InlineData("/account/sessions")]
    [InlineData("/account/sessions/")]
    [InlineData("/account/a-page-of-a-later-version")]
    public async Task Every_page_is_the_same_document_which_finds_its_assets_from_there(string path)
    {
        using var page = await GetAsync(path);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        page.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        var assets = await AssetsOfAsync(page, path);
        assets.Count.ShouldBe(3);
        foreach (var asset in assets)
        {
            using var response = await GetAsync(asset);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, asset);
        }
    }

    [Fact]
    public async Task Assets_are_cached_forever_and_of_the_right_type()
    {
        using var page = await GetAsync("/account");
        var types = new List<string>();

        foreach (var path in await AssetsOfAsync(page, "/account"))
        {
            using var asset = await GetAsync(path);
            asset.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
            asset.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            types.Add(asset.Content.Headers.ContentType!.MediaType!);
        }

        types.ShouldBe(["image/svg+xml", "text/javascript", "text/css"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_304_with_its_policy()
    {
        using var page = await GetAsync("/account");

        using var again = await GetAsync("/account", ("If-None-Match", page.Headers.ETag!.ToString()));

        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        again.Headers.ETag.ShouldBe(page.Headers.ETag);
        Policy(again).ShouldBe(Policy(page));
    }

    [Fact]
    public async Task Files_are_compressed_for_clients_that_can_read_it()
    {
        using var page = await GetAsync("/account");
        var path = (await AssetsOfAsync(page, "/account")).Single(asset =>
            asset.EndsWith(".js", StringComparison.Ordinal)
        );
        using var plain = await GetAsync(path);
        using var refused = await GetAsync(path, ("Accept-Encoding", "gzip;q=0"));

        using var compressed = await GetAsync(path, ("Accept-Encoding", "br, gzip"));

        compressed.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        compressed.Headers.Vary.ShouldContain("Accept-Encoding");
        compressed.Headers.ETag.ShouldNotBe(plain.Headers.ETag);
        plain.Content.Headers.ContentEncoding.ShouldBeEmpty();
        refused.Content.Headers.ContentEncoding.ShouldBeEmpty();
        await using var content = new GZipStream(
            await compressed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken),
            CompressionMode.Decompress
        );
        using var reader = new StreamReader(content);
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(
            await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_content()
    {
        using var page = await GetAsync("/account/sign-in");

        using var head = await _client.SendAsync("HEAD", "/account/sign-in");

        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(page.Content.Headers.ContentLength);
        head.Headers.ETag.ShouldBe(page.Headers.ETag);
        (await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/account/assets/nothing.js")]
    [InlineData("/account/assets/..%2Flicenses.md")]
    [InlineData("/account/a/b")]
    public async Task There_is_nothing_else(string path)
    {
        using var response = await GetAsync(path);

        await response.ShouldBeProblemAsync(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Other_methods_are_refused()
    {
        using var response = await _client.SendAsync("POST", "/account");

        await response.ShouldBeProblemAsync(405, "METHOD_NOT_ALLOWED");
        response.Content.Headers.Allow.ShouldBe(["GET", "HEAD"], ignoreOrder: true);
    }

    [Fact]
    public async Task Its_policy_allows_own_files_and_nothing_else()
    {
        using var page = await GetAsync("/account");

        Policy(page)
            .Split("; ")
            .ShouldBe([
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self'",
                "connect-src 'self'",
                "require-trusted-types-for 'script'",
                "trusted-types svelte-trusted-html",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
            ]);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldNotContain("<style");
        html.ShouldNotContain("style=");
        InlineScripts().IsMatch(html).ShouldBeFalse();
    }

    [Fact]
    public async Task The_page_has_the_settings_that_it_needs()
    {
        using var page = await GetAsync("/account");

        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var settings = JsonNode.Parse(WebUtility.HtmlDecode(Settings().Match(html).Groups["json"].Value))!;
        settings.Texts("returnOrigins").ShouldBe([ConsoleService.Application]);
        settings["passwordMinLength"]!.GetValue<int>().ShouldBe(8);
        settings["sendsMail"]!.GetValue<bool>().ShouldBeFalse();
        settings.Text("emailConfirmation").ShouldBe("None");
        settings.Texts("passkeyOrigins").ShouldBe(["https://auth.example.com"]);
    }

    [Fact]
    public async Task It_is_not_part_of_the_documented_API()
    {
        var document = await _client.GetStringAsync("/swagger/v1/swagger.json", TestContext.Current.CancellationToken);

        JsonNode.Parse(document)!["paths"]!
            .AsObject()
            .Select(path => path.Key)
            .ShouldNotContain(path => path.StartsWith("/account", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var without = TestService.Start(service.Database, clock: null, ("Ui:Enabled", "false"));

        foreach (var path in new[] { "/account", "/account/", "/account/sign-in", "/account/assets/index.js" })
        {
            await without.Client.GetAsync(path, bearer: null).ShouldBeProblemAsync(404, "NOT_FOUND");
        }
    }

    private Task<HttpResponseMessage> GetAsync(string path, params (string, string)[] headers) =>
        _client.SendAsync("GET", path, headers: headers);

    private async Task<List<string>> AssetsOfAsync(HttpResponseMessage page, string path)
    {
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var address = new Uri(_client.BaseAddress!, path);
        return [.. Assets().Matches(html).Select(match => new Uri(address, match.Groups["path"].Value).AbsolutePath)];
    }

    private static string Policy(HttpResponseMessage response) =>
        response.Headers.GetValues("Content-Security-Policy").Single();

    [GeneratedRegex("(src|href)=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Assets();

    [GeneratedRegex("<meta name=\"settings\" content=\"(?<json>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Settings();

    [GeneratedRegex(@"<script(?![^>]*\ssrc=)")]
    private static partial Regex InlineScripts();
}
