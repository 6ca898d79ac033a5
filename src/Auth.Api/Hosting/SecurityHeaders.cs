using Auth.Api.Problems;
using Microsoft.Net.Http.Headers;

namespace Auth.Api.Hosting;

/// <summary>The headers that keep browsers from doing more with an answer than is meant.</summary>
internal static class SecurityHeaders
{
    private const string ClosedPolicy = "default-src 'none'; frame-ancestors 'none'";

    // Swagger UI brings its scripts along, writes style attributes, and shows its icons from data: addresses.
    private const string SwaggerPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds the headers to every answer, at the last moment: an exception clears those set before it.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var isDevelopment = app.Environment.IsDevelopment();
        Func<object, Task> apply = context =>
        {
            Apply((HttpContext)context, isDevelopment);
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

    private static void Apply(HttpContext context, bool isDevelopment)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/swagger", StringComparison.Ordinal)
            ? SwaggerPolicy
            : ClosedPolicy;
        if (context.Request.IsHttps && !isDevelopment)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        // Tokens and personal data are everywhere under /api; a problem is true for one request only.
        if (
            context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || context.Response.ContentType?.StartsWith(Problem.ContentType, StringComparison.Ordinal) == true
        )
        {
            headers[HeaderNames.CacheControl] = "no-store";
            headers[HeaderNames.Pragma] = "no-cache";
        }
    }
}
