using System.Diagnostics.Metrics;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Security.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Tells whoever collects metrics how old the signing key and the knowledge of revocations are, and how many sessions are
/// alive. Sessions are counted only now and then, because the database reads all of them for it.
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

    /// <summary>Counts the sessions that are alive.</summary>
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
