using Auth.Infrastructure.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>Runs a task periodically. Of consecutive failures only the first is logged.</summary>
/// <param name="task">The name of the task, as the subject of log messages.</param>
/// <param name="interval">The time between two runs; the first run is one interval after startup.</param>
/// <param name="clock">Measures the interval.</param>
/// <param name="logger">Receives failures.</param>
internal abstract partial class PeriodicWorker(string task, TimeSpan interval, TimeProvider clock, ILogger logger)
    : BackgroundService
{
    private bool _isFailing;

    /// <summary>The clock of the service.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>Runs the task once.</summary>
    public abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Called after a failed run.</summary>
    protected virtual void OnFailure(Exception failure) { }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryRunAsync(stoppingToken);
        }
    }

    /// <summary>Runs the task once, and logs a failure instead of throwing it.</summary>
    protected async Task TryRunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
            if (_isFailing)
            {
                _isFailing = false;
                LogRecovered(logger, task);
            }
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            OnFailure(failure);
            if (!_isFailing)
            {
                _isFailing = true;
                var isOutage = DatabaseError.From(failure) is { IsOutage: true };
                LogFailed(
                    logger,
                    isOutage ? null : DatabaseError.ForLog(failure),
                    task,
                    DatabaseError.Describe(failure)
                );
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Task} failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, Exception? failure, string task, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Task} works again")]
    private static partial void LogRecovered(ILogger logger, string task);
}
