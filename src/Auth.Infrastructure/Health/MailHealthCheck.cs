using Auth.Infrastructure.Mail;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Infrastructure.Health;

/// <summary>
/// Reports whether mails are delivered. Never unhealthy: people can sign in without, and restarting the service would not help.
/// </summary>
internal sealed class MailHealthCheck(MailStatus status, TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            status.Counts?.IsDegraded(clock.GetUtcNow()) == true
                ? HealthCheckResult.Degraded("Mails are not delivered.")
                : HealthCheckResult.Healthy()
        );
}
