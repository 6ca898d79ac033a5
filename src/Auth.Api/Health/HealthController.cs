using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Api.Health;

/// <summary>Tells the platform that runs the service how it is.</summary>
[ApiController]
[Route("health")]
[Tags("Health")]
public sealed class HealthController(HealthCheckService checks, TimeProvider clock) : ControllerBase
{
    /// <summary>The tag of the checks without which the service cannot serve.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Whether the process runs: if not, restart it</summary>
    /// <response code="200">It runs.</response>
    [HttpGet("live")]
    [AllowAnonymous]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK)]
    public Task<IActionResult> Live(CancellationToken cancellationToken) => Answer(_ => false, cancellationToken);

    /// <summary>Whether the service can serve: if not, send it no requests</summary>
    /// <response code="200">It can.</response>
    /// <response code="503">It cannot at the moment.</response>
    [HttpGet("ready")]
    [AllowAnonymous]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status503ServiceUnavailable)]
    public Task<IActionResult> Ready(CancellationToken cancellationToken) =>
        Answer(check => check.Tags.Contains(ReadyTag), cancellationToken);

    /// <summary>The state of everything that is checked</summary>
    /// <response code="200">All is well.</response>
    /// <response code="503">Something is not.</response>
    [HttpGet]
    [AllowAnonymous]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status503ServiceUnavailable)]
    public Task<IActionResult> All(CancellationToken cancellationToken) => Answer(_ => true, cancellationToken);

    private async Task<IActionResult> Answer(
        Func<HealthCheckRegistration, bool> selection,
        CancellationToken cancellationToken
    )
    {
        var report = await checks.CheckHealthAsync(selection, cancellationToken);
        Response.Headers.CacheControl = "no-store";
        return StatusCode(
            report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK,
            HealthResponse.Of(report, clock.GetUtcNow())
        );
    }
}

/// <summary>How the service is. No addresses, versions or messages: anybody may ask.</summary>
/// <param name="Status"><c>Healthy</c>, <c>Degraded</c> or <c>Unhealthy</c>: that of the worst check.</param>
/// <param name="Timestamp">When it was checked.</param>
/// <param name="Checks">The status of each check by its name.</param>
public sealed record HealthResponse(string Status, DateTimeOffset Timestamp, IReadOnlyDictionary<string, string> Checks)
{
    /// <summary>Shows a report.</summary>
    public static HealthResponse Of(HealthReport report, DateTimeOffset now) =>
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
