using System.Diagnostics.Metrics;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Security.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Tells whoever collects metrics how old the signing key and the knowledge of revocations are, and how many sessions are
/// alive. Sessions are counted only now and then, because the database reads all of them for it.
/// </summary>
internal sealed partial class StateMetrics : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(5);

    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly ILogger<StateMetrics> _logger;
    private readonly ObservableGauge<int> _activeSessions;
    private int? _sessions;

    public StateMetrics(
        IServiceScopeFactory scopes,
        RevocationStatus revocations,
        SigningKeyRing keys,
        Meter meter,
        TimeProvider clock,
        ILogger<StateMetrics> logger
    )
    {
        (_scopes, _clock, _logger) = (scopes, clock, logger);
        meter.CreateObservableGauge(
            "auth.revocation.lag",
            () => revocations.Lag.TotalSeconds,
            "s",
            "How long ago the last successful look at the revocations began."
        );
        meter.CreateObservableGauge(
            "auth.signing_key.age",
            () => Measure(keys.AgeOfSigningKey(clock.GetUtcNow())?.TotalSeconds),
            "s",
            "How long ago the key that signs was made."
        );
        _activeSessions = meter.CreateObservableGauge(
            "auth.session.active",
            () => Measure(_sessions),
            "{session}",
            "Sessions that can be refreshed, in the whole database."
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, _clock);
        do
        {
            try
            {
                if (_activeSessions.Enabled)
                {
                    await CountSessionsAsync(stoppingToken);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                _sessions = null;
                LogCountFailed(_logger, DatabaseError.ForLog(failure));
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static IEnumerable<Measurement<T>> Measure<T>(T? value)
        where T : struct => value is { } known ? [new Measurement<T>(known)] : [];

    /// <summary>Counts the sessions that are alive.</summary>
    internal async Task CountSessionsAsync(CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        context.Database.SetCommandTimeout(DatabaseTimeouts.WholeTable);
        var now = _clock.GetUtcNow();
        _sessions = await context.Sessions.CountAsync(
            session => session.EndedAt == null && session.ExpiresAt > now,
            cancellationToken
        );
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sessions could not be counted")]
    private static partial void LogCountFailed(ILogger logger, Exception failure);
}
