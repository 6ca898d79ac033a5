using Auth.Api.Configuration;

namespace Auth.Api.Hosting;

/// <summary>Takes the prefix under which a proxy serves the service off the path of requests.</summary>
internal static class PathPrefixMiddleware
{
    /// <summary>
    /// Makes the prefix that a known proxy forwards, else the configured one, the path base, and takes it off the path
    /// where the proxy has left it there.
    /// </summary>
    public static void UsePathPrefix(this IApplicationBuilder app, HostingSettings settings) =>
        app.Use(
            (context, next) =>
            {
                var request = context.Request;
                // Where a known proxy sent X-Forwarded-Prefix, it has become the path base, unchecked.
                request.PathBase = PathPrefix.Normalize(request.PathBase.Value) ?? settings.PathBase;
                // As written: the path of a cookie is compared with regard to case.
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
