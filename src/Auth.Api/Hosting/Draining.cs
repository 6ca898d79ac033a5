using Auth.Api.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Api.Hosting;

/// <summary>
/// Drains an instance before shutdown. After the signal to stop it reports that it is not ready, so that the load balancer
/// sends new requests elsewhere, and each response closes its connection, so that no request is lost. Only then does the
/// server stop.
/// </summary>
internal sealed class Draining(ShutdownSettings settings, IHostApplicationLifetime lifetime, TimeProvider clock)
    : IHostedLifecycleService,
        IHealthCheck
{
    /// <summary>Whether the signal to stop was received.</summary>
    private bool HasBegun => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Closes the connection after the current response.</summary>
    public Task CloseConnection(object context)
    {
        // HTTP/2 has no such header: the server sends GOAWAY itself.
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

    /// <summary>Runs before any other service stops, including the server. Skipped if the service never listened.</summary>
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

/// <summary>Registers draining.</summary>
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
