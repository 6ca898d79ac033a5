using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Api.Health;

/// <summary>The health of the service. It contains no addresses, versions or messages, because anyone may read it.</summary>
/// <param name="Status"><c>Healthy</c>, <c>Degraded</c> or <c>Unhealthy</c>: the status of the worst check.</param>
/// <param name="Timestamp">When the checks ran.</param>
/// <param name="Checks">The status of each check by name.</param>
public sealed record HealthResponse(string Status, DateTimeOffset Timestamp, IReadOnlyDictionary<string, string> Checks)
{
    /// <summary>Creates the response for a report.</summary>
    public static HealthResponse From(HealthReport report, DateTimeOffset now) =>
        new(
            report.Status.ToString(),
            now,
            report.Entries.ToDictionary(
                check => check.Key,
                check => check.Value.Status.ToString(),
                StringComparer.Ordinal
            )
        );
}
