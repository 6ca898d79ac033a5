using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Restores service as soon as the database is back. After an outage was reported, it tries new connections until the
/// database can be written through one, and then clears the connection pool.
/// </summary>
/// <remarks>
/// Otherwise connections to a former primary would stay in use: they respond, but reject writes. Clearing the pool also
/// ends SqlClient's blocking period, during which it fails new connections for up to a minute without trying.
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

    /// <summary>Reports a failure; ignored unless it is an outage that new connections may help against.</summary>
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
            _reports.Reader.TryRead(out _); // a report of the same outage
            pool.Clear();
            if (wasAway)
            {
                LogBack(logger);
            }

            await Task.Delay(s_pause, clock, stoppingToken);
        }
    }

    /// <returns>False if the first attempt succeeded.</returns>
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
                // Logged once per outage, not four times a second.
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
