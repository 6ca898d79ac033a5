namespace Auth.Peers;

/// <summary>An empty endpoint: the least that ASP.NET Core does for a request.</summary>
internal static class EmptyPeer
{
    public static Task RunAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.MapGet("/", () => { });
        return app.RunAsync();
    }
}
