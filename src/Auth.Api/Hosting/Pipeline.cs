using Auth.Api.Configuration;
using Auth.Api.OpenApi;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;

namespace Auth.Api.Hosting;

/// <summary>The middleware that every request passes, in this order.</summary>
internal static class Pipeline
{
    /// <summary>Adds the middleware and the controllers.</summary>
    public static void ConfigurePipeline(this WebApplication app, AuthSettings settings)
    {
        app.UseDraining();
        app.UseConfiguredForwardedHeaders(settings.ForwardedHeaders);
        app.UsePathPrefix(settings.Hosting);
        app.UseSecurityHeaders(settings.Cors);
        app.UseProblems();
        if (settings.Swagger.Enabled)
        {
            app.UseOpenApiPages();
        }

        app.UseRouting();
        app.UseCors();
        app.UseAddressLimits(settings.RateLimiting);
        app.UseAuthentication();
        app.UseRoutingRefusals();
        app.UseAuthorization();
        app.MapControllersWithHead();

        // Otherwise added only when the service runs, and the request that warms it up would reach no controller.
        app.UseEndpoints(_ => { });
    }

    // Trusts the configured proxies, and only them: with none configured the middleware would trust all.
    private static void UseConfiguredForwardedHeaders(this IApplicationBuilder app, ForwardedHeadersSettings settings)
    {
        if (settings.Any)
        {
            app.UseForwardedHeaders();
        }
    }

    // Answers requests that no route matches, or that routing itself refuses, before authorization: the fallback policy
    // would ask for a token, and 404 and 405 would turn into 401.
    private static void UseRoutingRefusals(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                switch (context.GetEndpoint())
                {
                    case null:
                        context.Response.StatusCode = StatusCodes.Status404NotFound;
                        return Task.CompletedTask;
                    case RouteEndpoint:
                        return next(context);
                    case var refusal:
                        return refusal.RequestDelegate!(context);
                }
            }
        );

    // Every GET answers HEAD as well (RFC 9110 §9.1).
    private static void MapControllersWithHead(this IEndpointRouteBuilder app) =>
        app.MapControllers()
            .Add(endpoint =>
            {
                for (var i = 0; i < endpoint.Metadata.Count; i++)
                {
                    if (
                        endpoint.Metadata[i] is HttpMethodMetadata { HttpMethods: [var method] }
                        && HttpMethods.IsGet(method)
                    )
                    {
                        endpoint.Metadata[i] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
                    }
                }
            });
}
