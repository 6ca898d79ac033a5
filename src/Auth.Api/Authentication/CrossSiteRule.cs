using Auth.Api.Configuration;

namespace Auth.Api.Authentication;

/// <summary>Detects requests that a page of another site has a browser send (OWASP: Fetch Metadata, Origin).</summary>
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

        // Scripts cannot set this header, so its value can be trusted. Being a site under the same registrable domain is
        // not enough.
        if (request.Headers.TryGetValue(FetchSite, out var site))
        {
            return site.ToString() is not ("same-origin" or "none");
        }

        // Without either header, the client is not a browser.
        return origin.Count > 0 && !IsOwn(origin.ToString(), request);
    }

    /// <summary>
    /// Whether the browser would discard a cookie of the response: it is <c>SameSite=Strict</c>, and the page is on another
    /// site. Configuring its origin makes no difference.
    /// </summary>
    /// <remarks>Not all web views of apps, whose pages have their own schemes, send <c>Sec-Fetch-Site</c>.</remarks>
    public static bool LosesCookies(HttpRequest request) =>
        request.Headers.TryGetValue(FetchSite, out var site)
            ? site == "cross-site"
            : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
                && origin.Scheme is not ("http" or "https");

    private static bool IsOwn(string origin, HttpRequest request) =>
        WebOrigin.Normalize(origin) is { } normalized
        && normalized == WebOrigin.Normalize($"{request.Scheme}://{request.Host.ToUriComponent()}");
}
