using Auth.Api.Configuration;
using Auth.Api.Flows;
using Auth.Api.OpenApi;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Api.Ui;

namespace Auth.Api.Hosting;

/// <summary>The middleware of the service, in order.</summary>
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

        if (MailPages.AreServed(app.Environment, settings.Mail))
        {
            app.UseMailPages(settings.Mail);
        }

        app.UseRouting();
        app.UseCors();
        app.UseAddressLimits(settings.RateLimiting);
        app.UseAuthentication();
        app.UseRoutingErrors(settings.Mail.IsEnabled);
        app.UseAuthorization();
        app.MapControllersWithHead();
        if (settings.Ui.Enabled)
        {
            app.MapConsole(
                new(
                    settings.Ui.ReturnOrigins,
                    settings.Passwords.MinLength,
                    settings.Mail.IsEnabled,
                    settings.Registration.EmailConfirmation.ToString(),
                    settings.Passkeys.Origins
                )
            );
        }

        // Would otherwise be added only when the service starts, and the warm-up request would not reach a controller.
        app.UseEndpoints(_ => { });
    }

    // Trusts only the configured proxies: with none configured, the middleware would trust all.
    private static void UseConfiguredForwardedHeaders(this IApplicationBuilder app, ForwardedHeadersSettings settings)
    {
        if (settings.Any)
        {
            app.UseForwardedHeaders();
        }
    }

    // Answers requests that routing rejects before authorization: the fallback policy would turn 404 and 405 into 401.
    private static void UseRoutingErrors(this IApplicationBuilder app, bool sendsMail) =>
        app.Use(
            (context, next) =>
            {
                switch (context.GetEndpoint())
                {
                    case null:
                    case { Metadata: var metadata }
                        when !sendsMail && metadata.GetMetadata<RequiresMailAttribute>() is not null:
                        context.Response.StatusCode = StatusCodes.Status404NotFound;
                        return Task.CompletedTask;
                    case RouteEndpoint:
                        return next(context);
                    case var refusal:
                        return refusal.RequestDelegate!(context);
                }
            }
        );

    // Every GET route also supports HEAD (RFC 9110 §9.1).
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
