using Microsoft.AspNetCore.Authorization;

namespace Auth.Api.Ui;

/// <summary>Serves the account console: static files, which call the same API as everybody else.</summary>
internal static class ConsoleEndpoints
{
    private const string Path = "/account";

    // Svelte creates elements from templates of its own, by the only policy for Trusted Types that is allowed.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "require-trusted-types-for 'script'; trusted-types svelte-trusted-html; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds the pages and their assets.</summary>
    public static void MapConsole(this IEndpointRouteBuilder app, ConsoleSettings settings)
    {
        var files = new ConsoleFiles(settings);
        // One segment: which pages there are is known to the script.
        app.Map($"{Path}/{{page?}}", context => files.FindPage(context.Request.Path).WriteAsync(context))
            .WithMetadata(new PagePolicy(Policy));
        app.Map(
            $"{Path}/assets/{{name}}",
            context =>
            {
                if (files.FindAsset((string)context.GetRouteValue("name")!) is { } asset)
                {
                    return asset.WriteAsync(context);
                }

                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
        );
    }

    private static IEndpointConventionBuilder Map(
        this IEndpointRouteBuilder app,
        string pattern,
        RequestDelegate handle
    ) =>
        app.MapMethods(pattern, s_methods, handle).WithMetadata(new AllowAnonymousAttribute()).ExcludeFromDescription();
}
