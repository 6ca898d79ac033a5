using Auth.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Infrastructure.Health;

/// <summary>
/// Checks that the database can be reached and written through the connections that requests use. Concurrent callers
/// share one probe: the endpoint is public, and each probe is a transaction.
/// </summary>
internal sealed class DatabaseHealthCheck(IServiceScopeFactory scopes, DatabaseRecovery recovery, TimeProvider clock)
    : IHealthCheck
{
    /// <summary>The longest wait for the probe.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<bool> _probe = Task.FromResult(false);
    private long _started;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            // A caller that disconnects says nothing about the database: the check is cancelled, not unhealthy.
            var isWritable = await JoinProbe().WaitAsync(Timeout, clock, cancellationToken);
            return isWritable ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }

    private Task<bool> JoinProbe()
    {
        lock (_lock)
        {
            // A new caller does not wait for a probe that hangs: the database may be back by now.
            if (_probe.IsCompleted || clock.GetElapsedTime(_started) > Timeout)
            {
                _started = clock.GetTimestamp();
                _probe = Task.Run(ProbeAsync);
            }

            return _probe;
        }
    }

    private async Task<bool> ProbeAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var gate = scope.ServiceProvider.GetRequiredService<WriteGate>();
        try
        {
            using var lease = await gate.EnterAsync(timeout.Token);
            await WriteProbe.RunAsync(database, timeout.Token);
            return true;
        }
        catch (Exception failure)
            when (failure is OperationCanceledException || DatabaseError.From(failure) is { IsOutage: true })
        {
            recovery.Report(failure);
            return false;
        }
    }
}
