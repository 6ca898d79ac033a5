using Auth.Api.Configuration;

namespace Auth.Api.Authentication;

/// <summary>Tells requests that another site's page has a browser send from all others (OWASP: Fetch Metadata, Origin).</summary>
public sealed class CrossSiteRule(CorsSettings cors)
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Whether the request comes from a page that may not use the cookie.</summary>
    public bool Refuses(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count == 1 && WebOrigin.Normalize(origin[0]) is { } known && cors.AllowedOrigins.Contains(known))
        {
            return false;
        }

        // A browser that says where the page is from is believed: scripts cannot set this header. Sites under the same
        // registrable domain are not trusted for that alone.
        if (request.Headers.TryGetValue(FetchSite, out var site))
        {
            return site.ToString() is not ("same-origin" or "none");
        }

        // Without either header, the client is not a browser.
        return origin.Count > 0 && !IsOwn(origin.ToString(), request);
    }

    /// <summary>
    /// Whether the browser would throw away a cookie of the response: it is <c>SameSite=Strict</c>, and the page is one of another
    /// site. A configured origin changes nothing about that.
    /// </summary>
    /// <remarks>Web views of apps, whose pages have schemes of their own, do not all send <c>Sec-Fetch-Site</c>.</remarks>
    public static bool LosesCookies(HttpRequest request) =>
        request.Headers.TryGetValue(FetchSite, out var site)
            ? site == "cross-site"
            : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
                && origin.Scheme is not ("http" or "https");

    private static bool IsOwn(string origin, HttpRequest request) =>
        WebOrigin.Normalize(origin) is { } normalized
        && normalized == WebOrigin.Normalize($"{request.Scheme}://{request.Host.ToUriComponent()}");
}
