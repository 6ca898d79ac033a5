using Auth.Api.Authentication;
using Auth.Api.Configuration;
using Microsoft.AspNetCore.Http;

namespace Auth.UnitTests.Authentication;

public sealed class CrossSiteRuleTests
{
    private readonly CrossSiteRule _rule = new(
        new CorsSettings(new HashSet<string>(StringComparer.Ordinal) { "https://app.example.com" })
    );

    [Theory]
    // Clients other than browsers send neither header.
    [InlineData(null, null, false)]
    // As reported by the browser.
    [InlineData("same-origin", "https://auth.example.com", false)]
    [InlineData("same-origin", null, false)]
    [InlineData("none", null, false)]
    [InlineData("same-site", "https://other.example.com", true)]
    [InlineData("cross-site", "https://evil.example", true)]
    [InlineData("cross-site", null, true)]
    [InlineData("something-new", null, true)]
    // It takes precedence over an origin that looks like our own.
    [InlineData("cross-site", "https://auth.example.com", true)]
    // Configured origins may.
    [InlineData("cross-site", "https://app.example.com", false)]
    [InlineData("same-site", "https://APP.example.com:443", false)]
    [InlineData("cross-site", "http://app.example.com", true)]
    [InlineData("cross-site", "https://app.example.com.evil.example", true)]
    // Older browsers send the origin only.
    [InlineData(null, "https://auth.example.com", false)]
    [InlineData(null, "https://AUTH.example.com:443", false)]
    [InlineData(null, "http://auth.example.com", true)]
    [InlineData(null, "https://auth.example.com:8443", true)]
    [InlineData(null, "https://app.example.com", false)]
    [InlineData(null, "https://evil.example", true)]
    [InlineData(null, "null", true)]
    [InlineData(null, "", true)]
    public void Only_our_own_pages_and_configured_ones_may_use_the_cookie(string? site, string? origin, bool refused)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = "https";
        request.Host = new HostString("auth.example.com");
        if (site is not null)
        {
            request.Headers["Sec-Fetch-Site"] = site;
        }

        if (origin is not null)
        {
            request.Headers.Origin = origin;
        }

        _rule.Refuses(request).ShouldBe(refused);
    }

    [Theory]
    [InlineData("cross-site", "https://app.example.com", true)]
    [InlineData("same-site", "https://app.example.com", false)]
    [InlineData("same-origin", "capacitor://localhost", false)] // the browser's header is trusted
    [InlineData(null, "capacitor://localhost", true)]
    [InlineData(null, "tauri://localhost", true)]
    [InlineData(null, "https://app.example.com", false)]
    [InlineData(null, "http://localhost:8080", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, null, false)]
    public void Cross_site_and_app_pages_lose_cookies(string? site, string? origin, bool lost)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Sec-Fetch-Site"] = site;
        request.Headers.Origin = origin;

        CrossSiteRule.LosesCookies(request).ShouldBe(lost);
    }
}
