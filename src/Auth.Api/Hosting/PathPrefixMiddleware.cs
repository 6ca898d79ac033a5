using Auth.Api.Configuration;

namespace Auth.Api.Hosting;

/// <summary>Handles the prefix under which a proxy serves the service.</summary>
internal static class PathPrefixMiddleware
{
    /// <summary>
    /// Sets the path base to the prefix that a known proxy forwards, or else to the configured one, and removes it from the path
    /// if the proxy has not.
    /// </summary>
    public static void UsePathPrefix(this IApplicationBuilder app, HostingSettings settings) =>
        app.Use(
            (context, next) =>
            {
                var request = context.Request;
                // If a known proxy sent X-Forwarded-Prefix, the path base contains it, unvalidated.
                request.PathBase = PathPrefix.Normalize(request.PathBase.Value) ?? settings.PathBase;
                // Case-sensitive, like the path of a cookie.
                if (
                    request.PathBase.HasValue
                    && request.Path.StartsWithSegments(request.PathBase, StringComparison.Ordinal, out var rest)
                )
                {
                    request.Path = rest;
                }

                return next(context);
            }
        );
}
