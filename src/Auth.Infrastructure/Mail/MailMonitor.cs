using System.Diagnostics.Metrics;
using Auth.Domain.Mail;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Mail;

/// <summary>Reads from time to time how many mails wait or were given up, for the metrics and the health check.</summary>
internal sealed class MailMonitor : PeriodicWorker
{
    private static readonly TimeSpan s_period = TimeSpan.FromHours(24);

    private readonly IServiceScopeFactory _scopes;
    private readonly MailStatus _status;
    private readonly MailOptions _options;

    public MailMonitor(
        IServiceScopeFactory scopes,
        MailStatus status,
        MailOptions options,
        Meter meter,
        TimeProvider clock,
        ILogger<MailMonitor> logger
    )
        : base("Counting mails", TimeSpan.FromSeconds(30), clock, logger)
    {
        (_scopes, _status, _options) = (scopes, status, options);
        meter.CreateObservableGauge(
            "auth.mail.waiting",
            () => Measure(status.Counts?.Waiting),
            "{mail}",
            "Mails in the database that are waiting to be sent."
        );
        meter.CreateObservableGauge(
            "auth.mail.age",
            () => Measure(AgeOfOldest(status.Counts, clock.GetUtcNow())),
            "s",
            "Age of the oldest mail that is waiting to be sent."
        );
        meter.CreateObservableGauge(
            "auth.mail.expired",
            () => Measure(status.Counts?.Expired),
            "{mail}",
            "Mails in the database that were given up in the last 24 hours because they could not be delivered."
        );
    }

    public override async Task RunAsync(CancellationToken cancellationToken) =>
        _status.Counts = _options.IsEnabled ? await CountAsync(cancellationToken) : null;

    protected override void OnFailure(Exception failure) => _status.Counts = null;

    /// <summary>Reads the outbox.</summary>
    internal async Task<MailCounts> CountAsync(CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var since = Clock.GetUtcNow() - s_period;
        var waiting = await context.Mails.CountAsync(mail => mail.NextAttemptAt != null, cancellationToken);
        var oldest =
            waiting == 0
                ? null
                : await context
                    .Mails.Where(mail => mail.NextAttemptAt != null)
                    .MinAsync(mail => (DateTimeOffset?)mail.CreatedAt, cancellationToken);
        var expired = await context.Mails.CountAsync(
            mail => mail.FailedAt > since && mail.Failure == MailFailure.Expired,
            cancellationToken
        );
        return new(waiting, oldest, expired);
    }

    private static double? AgeOfOldest(MailCounts? counts, DateTimeOffset now) =>
        counts is null ? null : Math.Max(0, (now - (counts.OldestAt ?? now)).TotalSeconds);

    private static IEnumerable<Measurement<T>> Measure<T>(T? value)
        where T : struct => value is { } known ? [new Measurement<T>(known)] : [];
}
