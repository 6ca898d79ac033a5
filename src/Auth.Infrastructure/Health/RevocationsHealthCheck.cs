using Auth.Infrastructure.Background;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Infrastructure.Health;

/// <summary>Checks that this instance knows the current revocations.</summary>
internal sealed class RevocationsHealthCheck(RevocationStatus status) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(status.IsStale ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy());
}
