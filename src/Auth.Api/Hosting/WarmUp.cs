namespace Auth.Api.Hosting;

/// <summary>
/// Compiles the request pipeline and builds the routes while another thread initializes the database, so that the service is
/// ready sooner.
/// </summary>
internal static class WarmUp
{
    /// <summary>Sends one request through the pipeline without a connection, and discards the response.</summary>
    public static async Task WarmUpAsync(this WebApplication app)
    {
        var pipeline = ((IApplicationBuilder)app).Build();
        await using var scope = app.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = HttpMethods.Get;
        context.Request.Scheme = Uri.UriSchemeHttp;
        context.Request.Host = new("localhost");
        // Liveness depends on nothing: keys and revocations are not loaded yet.
        context.Request.Path = "/health/live";
        context.Response.Body = Stream.Null;
        await pipeline(context);
    }
}
