using System.Diagnostics.Metrics;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Security.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Publishes the age of the signing key, the time since revocations were read, and the number of active sessions.
/// Sessions are counted rarely, because the query scans the whole table.
/// </summary>
internal sealed class StateMetrics : PeriodicWorker
{
    private readonly IServiceScopeFactory _scopes;
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
        : base("Counting sessions", TimeSpan.FromMinutes(5), clock, logger)
    {
        _scopes = scopes;
        meter.CreateObservableGauge(
            "auth.revocation.lag",
            () => revocations.TimeSinceRefresh.TotalSeconds,
            "s",
            "Time since the last successful read of revocations began."
        );
        meter.CreateObservableGauge(
            "auth.signing_key.age",
            () => Measure(keys.AgeOfSigningKey(clock.GetUtcNow())?.TotalSeconds),
            "s",
            "Age of the current signing key."
        );
        _activeSessions = meter.CreateObservableGauge(
            "auth.session.active",
            () => Measure(_sessions),
            "{session}",
            "Active sessions in the database."
        );
    }

    public override Task RunAsync(CancellationToken cancellationToken) =>
        _activeSessions.Enabled ? CountSessionsAsync(cancellationToken) : Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryRunAsync(stoppingToken);
        await base.ExecuteAsync(stoppingToken);
    }

    protected override void OnFailure(Exception failure) => _sessions = null;

    private static IEnumerable<Measurement<T>> Measure<T>(T? value)
        where T : struct => value is { } known ? [new Measurement<T>(known)] : [];

    /// <summary>Counts the active sessions.</summary>
    internal async Task CountSessionsAsync(CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        context.Database.SetCommandTimeout(DatabaseTimeouts.WholeTable);
        var now = Clock.GetUtcNow();
        _sessions = await context.Sessions.CountAsync(
            session => session.EndedAt == null && session.ExpiresAt > now,
            cancellationToken
        );
    }
}
