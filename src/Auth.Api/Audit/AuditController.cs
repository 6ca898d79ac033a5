using Auth.Api.OpenApi;
using Auth.Api.Problems;
using Auth.Application.Audit;
using Auth.Domain.Roles;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Audit;

/// <summary>The record of what happened.</summary>
[ApiController]
[Route("api/audit")]
[Tags("Audit")]
public sealed class AuditController(IMediator mediator) : ControllerBase
{
    /// <summary>Lists what happened, newest first</summary>
    /// <param name="userId">Only what happened to this user.</param>
    /// <param name="type">Only events of this type, for example `login.failed`.</param>
    /// <param name="from">Only what happened at this instant (RFC 3339) or later.</param>
    /// <param name="to">Only what happened before this instant (RFC 3339).</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cursor">The <c>nextCursor</c> of the part before.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <response code="200">A part of the log.</response>
    [HttpGet]
    [Authorize(Permissions.AuditRead)]
    [ProducesResponseType<AuditPageResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED")]
    public async Task<IActionResult> List(
        Guid? userId,
        string? type,
        string? from,
        string? to,
        int? limit,
        string? cursor,
        CancellationToken cancellationToken
    )
    {
        var query = new ListAuditQuery(userId, type, from, to, limit, cursor);
        var result = await mediator.Send(query, cancellationToken);
        return result.ToActionResult(page => Ok(AuditPageResponse.Of(page)));
    }
}
