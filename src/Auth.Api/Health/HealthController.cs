using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Auth.Api.Health;

/// <summary>Reports the health of the service to the platform that runs it.</summary>
[ApiController]
[Route("health")]
[Tags("Health")]
public sealed class HealthController(HealthCheckService checks, TimeProvider clock) : ControllerBase
{
    /// <summary>The tag of the readiness health checks.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Reports whether the process is alive</summary>
    /// <response code="200">The process is alive.</response>
    [HttpGet("live")]
    [AllowAnonymous]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK)]
    public Task<IActionResult> Live(CancellationToken cancellationToken) => Answer(_ => false, cancellationToken);

    /// <summary>Reports whether the service can handle requests</summary>
    /// <response code="200">The service is ready.</response>
    /// <response code="503">The service cannot handle requests at the moment.</response>
    [HttpGet("ready")]
    [AllowAnonymous]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status503ServiceUnavailable)]
    public Task<IActionResult> Ready(CancellationToken cancellationToken) =>
        Answer(check => check.Tags.Contains(ReadyTag), cancellationToken);

    /// <summary>Reports the status of every health check</summary>
    /// <response code="200">All checks are healthy or degraded.</response>
    /// <response code="503">At least one check is unhealthy.</response>
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
            HealthResponse.From(report, clock.GetUtcNow())
        );
    }
}
