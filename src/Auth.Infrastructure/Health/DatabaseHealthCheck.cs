using Auth.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Infrastructure.Health;

/// <summary>
/// Whether the database answers and can be written, by the connections that requests use. Those who ask at the same time
/// share one answer: anybody may ask, and each answer is a transaction.
/// </summary>
internal sealed class DatabaseHealthCheck(IServiceScopeFactory scopes, DatabaseRecovery recovery, TimeProvider clock)
    : IHealthCheck
{
    /// <summary>After which time it counts as not answering.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

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
            // A caller that hangs up says nothing about the database: that is cancelled, not unhealthy.
            var isWritable = await JoinProbe().WaitAsync(Patience, clock, cancellationToken);
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
            // One that hangs is not waited for by those who come when the database may be back.
            if (_probe.IsCompleted || clock.GetElapsedTime(_started) > Patience)
            {
                _started = clock.GetTimestamp();
                _probe = Task.Run(ProbeAsync);
            }

            return _probe;
        }
    }

    private async Task<bool> ProbeAsync()
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var gate = scope.ServiceProvider.GetRequiredService<WriteGate>();
        try
        {
            using var lease = await gate.EnterAsync(patience.Token);
            await WriteProbe.RunAsync(database, patience.Token);
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
