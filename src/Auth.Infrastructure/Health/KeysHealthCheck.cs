using Auth.Infrastructure.Security.Keys;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Infrastructure.Health;

/// <summary>Checks that there is a signing key.</summary>
internal sealed class KeysHealthCheck(SigningKeyRing keys, TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            keys.FindSigningKey(clock.GetUtcNow()) is null ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy()
        );
}
