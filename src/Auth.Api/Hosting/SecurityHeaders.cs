using Auth.Api.Configuration;
using Auth.Api.Problems;
using Auth.Api.Ui;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Hosting;

/// <summary>Sets security headers for browsers.</summary>
internal static class SecurityHeaders
{
    private const string ClosedPolicy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Swagger UI bundles its scripts, writes style attributes, and shows its icons from data: URLs.
    private const string SwaggerPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string PagePermissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    /// <summary>Adds the headers to every response, at the last moment: an exception clears headers set earlier.</summary>
    public static void UseSecurityHeaders(this WebApplication app, CorsSettings cors)
    {
        var sendsHsts = !app.Environment.IsDevelopment();
        var variesByOrigin = cors.AllowedOrigins.Count > 0;
        Func<object, Task> apply = context =>
        {
            Apply((HttpContext)context, sendsHsts, variesByOrigin);
            return Task.CompletedTask;
        };
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(apply, context);
                return next(context);
            }
        );
    }

    private static void Apply(HttpContext context, bool sendsHsts, bool variesByOrigin)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // With 304 as well, whose headers replace those of the cached page.
        var ownPolicy = context.GetEndpoint()?.Metadata.GetMetadata<PagePolicy>()?.Value;
        var isPage =
            ownPolicy is not null
            || context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;
        headers.ContentSecurityPolicy = ownPolicy ?? (isPage ? SwaggerPolicy : ClosedPolicy);
        if (isPage)
        {
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = PagePermissions;
        }

        if (context.Request.IsHttps && sendsHsts)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        // A cached response without CORS headers must not be served to an allowed origin.
        if (variesByOrigin && !headers.Vary.Any(names => names!.Contains(HeaderNames.Origin, StringComparison.Ordinal)))
        {
            headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        }

        // Everything under /api and /oauth contains tokens or personal data, and a problem applies to one request only.
        if (
            context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/oauth", StringComparison.OrdinalIgnoreCase)
            || context.Response.ContentType?.StartsWith(Problem.ContentType, StringComparison.Ordinal) == true
        )
        {
            headers[HeaderNames.CacheControl] = "no-store";
            headers[HeaderNames.Pragma] = "no-cache";
        }
    }
}
