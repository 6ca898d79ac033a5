namespace Auth.Api.Hosting;

/// <summary>
/// Has the way of a request compiled and its routes built while another core still looks at the database: a process that
/// has just started is ready sooner.
/// </summary>
internal static class WarmUp
{
    /// <summary>Sends one request through the middlewares, without a connection, and forgets the answer.</summary>
    public static async Task WarmUpAsync(this WebApplication app)
    {
        var pipeline = ((IApplicationBuilder)app).Build();
        await using var scope = app.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = HttpMethods.Get;
        context.Request.Scheme = Uri.UriSchemeHttp;
        context.Request.Host = new("localhost");
        // Asks nothing of anything: keys and revocations are not there yet.
        context.Request.Path = "/health/live";
        context.Response.Body = Stream.Null;
        await pipeline(context);
    }
}
