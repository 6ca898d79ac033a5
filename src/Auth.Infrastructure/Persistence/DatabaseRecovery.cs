using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Brings the service back as soon as the database is. Once somebody has met an outage, it tries new connections until the
/// database can be written through one, and then drops the pooled ones.
/// </summary>
/// <remarks>
/// Without that, connections that lead to a former primary stay in use: they answer, and refuse to write. And SqlClient
/// refuses new connections for up to a minute after one has failed, without trying; dropping them ends that, too.
/// </remarks>
internal sealed partial class DatabaseRecovery(
    ConnectionPool pool,
    WriteGate gate,
    TimeProvider clock,
    ILogger<DatabaseRecovery> logger
) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    private readonly Channel<bool> _reports = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Reports a failure; whether it is an outage, and one that new connections help against, is found out here.</summary>
    public void Report(Exception failure)
    {
        if (DatabaseError.From(failure) is { Kind: DatabaseErrorKind.Unreachable or DatabaseErrorKind.ReadOnly })
        {
            _reports.Writer.TryWrite(true);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _reports.Reader.ReadAsync(stoppingToken);
            var wasAway = await WaitForDatabaseAsync(stoppingToken);
            _reports.Reader.TryRead(out _); // of the same outage
            pool.Clear();
            if (wasAway)
            {
                LogBack(logger);
            }

            await Task.Delay(s_pause, clock, stoppingToken);
        }
    }

    /// <returns>Whether it had to be waited for.</returns>
    private async Task<bool> WaitForDatabaseAsync(CancellationToken cancellationToken)
    {
        for (var isAway = false; ; isAway = true)
        {
            try
            {
                await pool.ProbeAsync(gate, cancellationToken);
                return isAway;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // Once, and not four times a second until the database is back.
                if (!isAway)
                {
                    LogAway(logger, DatabaseError.Describe(failure));
                }

                await Task.Delay(s_pause, clock, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be written: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database can be written again")]
    private static partial void LogBack(ILogger logger);
}
