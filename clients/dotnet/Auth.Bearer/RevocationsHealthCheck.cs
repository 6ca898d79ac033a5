using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Bearer;

/// <summary>Reports whether it is known which tokens have been revoked.</summary>
internal sealed class RevocationsHealthCheck(RevocationStore revocations, AuthBearerOptions options) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            !revocations.IsStale ? HealthCheckResult.Healthy()
            : options.OnStale == StaleBehavior.Accept
                ? HealthCheckResult.Degraded("Revocations are not known; tokens are accepted.")
            : HealthCheckResult.Unhealthy("Revocations are not known; tokens are rejected.")
        );
}
