using Auth.Api.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Api.Hosting;

/// <summary>
/// Lets an instance go without anybody noticing. From the signal to stop on it is not ready any more, so that the load
/// balancer sends new requests elsewhere, and each answer closes its connection, so that none is cut while a request is
/// on its way. Only after that does the server close.
/// </summary>
internal sealed class Draining(ShutdownSettings settings, IHostApplicationLifetime lifetime, TimeProvider clock)
    : IHostedLifecycleService,
        IHealthCheck
{
    /// <summary>Whether the signal to stop has come.</summary>
    private bool HasBegun => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Asks the client of an answer that begins now to open another connection for its next request.</summary>
    public Task CloseConnection(object context)
    {
        // HTTP/2 has no such header: the server tells its clients itself when it closes.
        var (request, response) = (((HttpContext)context).Request, ((HttpContext)context).Response);
        if (HasBegun && HttpProtocol.IsHttp11(request.Protocol))
        {
            response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(HasBegun ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy());

    /// <summary>Before any other service stops, the server among them. A service that never listened has no requests to wait for.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStarted.IsCancellationRequested)
        {
            await Task.Delay(settings.DrainDelay, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Registers the way the service stops.</summary>
internal static class DrainingSetup
{
    public static void AddDraining(this IServiceCollection services, ShutdownSettings settings)
    {
        services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.DrainDelay + settings.Timeout);
        services.AddSingleton(settings);
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.AddHealthChecks().AddCheck<Draining>("accepting", tags: [Health.HealthController.ReadyTag]);
    }

    public static void UseDraining(this WebApplication app)
    {
        Func<object, Task> closeConnection = app.Services.GetRequiredService<Draining>().CloseConnection;
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(closeConnection, context);
                return next(context);
            }
        );
    }
}
