using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Auth.Api.Hosting;

/// <summary>
/// Names the framework's span of a request, and says in OpenTelemetry's terms what it was. Of the path it holds the route
/// only, and nothing else of the request: whatever clients send may be personal.
/// </summary>
internal static class RequestSpans
{
    /// <summary>Before everything else, so that what is answered early has a name as well.</summary>
    public static void UseRequestSpans(this WebApplication app)
    {
        if (TelemetryExport.IsConfigured(app.Configuration))
        {
            app.Use(DescribeAsync);
        }
    }

    private static async Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
        {
            return;
        }

        // As a known method: an invented one would be text that a client chose.
        var method = HttpMethods.GetCanonicalizedValue(context.Request.Method);
        var name = IsKnown(method) ? method : "_OTHER";
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        var status = context.Response.StatusCode;
        span.DisplayName = route is null ? name : $"{name} /{route.TrimStart('/')}";
        span.SetTag("http.request.method", name);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        span.SetTag("url.scheme", context.Request.Scheme);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
            span.SetStatus(System.Diagnostics.ActivityStatusCode.Error);
        }
    }

    private static bool IsKnown(string method) =>
        HttpMethods.IsGet(method)
        || HttpMethods.IsHead(method)
        || HttpMethods.IsPost(method)
        || HttpMethods.IsPut(method)
        || HttpMethods.IsPatch(method)
        || HttpMethods.IsDelete(method)
        || HttpMethods.IsOptions(method);
}
