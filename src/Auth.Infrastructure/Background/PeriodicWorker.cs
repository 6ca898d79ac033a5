using Auth.Infrastructure.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>Does something at every interval, and logs a failure once instead of at every interval until it works again.</summary>
/// <param name="task">What it does, as the subject of a log message.</param>
/// <param name="interval">The time between two runs; the first one is an interval after the start.</param>
/// <param name="clock">Measures the interval.</param>
/// <param name="logger">Receives failures.</param>
internal abstract partial class PeriodicWorker(string task, TimeSpan interval, TimeProvider clock, ILogger logger)
    : BackgroundService
{
    private bool _isFailing;

    /// <summary>The clock of the service.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>Does it once.</summary>
    public abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Notes a failure, beside the log.</summary>
    protected virtual void OnFailure(Exception failure) { }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryRunAsync(stoppingToken);
        }
    }

    /// <summary>Does it once, and logs a failure instead of throwing it.</summary>
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
