using Auth.Infrastructure.Background;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Infrastructure.Health;

/// <summary>Whether this instance knows what was revoked.</summary>
internal sealed class RevocationsHealthCheck(RevocationStatus status) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(status.IsStale ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy());
}
