using Auth.Bearer;
using Auth.IntegrationTests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.IntegrationTests.Followers;

/// <summary>A service that verifies access tokens with Auth.Bearer.</summary>
internal sealed class FollowingService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FollowingService(WebApplication app, TestClock clock, LogSink log)
    {
        (_app, Clock, Log) = (app, clock, log);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public TestClock Clock { get; }

    public LogSink Log { get; }

    public AuthRevocations Revocations => _app.Services.GetRequiredService<AuthRevocations>();

    public static async Task<FollowingService> StartAsync(
        string issuer,
        Action<AuthBearerOptions>? configure = null,
        string audience = "example"
    )
    {
        var (clock, log) = (new TestClock(), new LogSink());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddAuthBearer(issuer, audience, configure);
        builder.Services.AddHealthChecks().AddAuthBearer();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health");
        app.MapGet("/me", (HttpContext context) => new { id = context.User.Identity!.Name }).RequireAuthorization();
        app.MapGet("/users", () => "[]").RequireAuthorization("users:read");
        app.MapGet("/transfers", () => "[]").RequireStepUp(TimeSpan.FromMinutes(10));
        app.MapGet("/strong", () => "[]")
            .RequirePermission("users:read")
            .RequireStepUp(TimeSpan.FromMinutes(10), "mfa");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, clock, log);
    }

    public async Task<int> StatusAsync(string bearer, string route = "/me")
    {
        using var response = await Client.GetAsync(route, bearer);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
