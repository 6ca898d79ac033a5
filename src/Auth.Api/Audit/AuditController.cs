using Auth.Api.Problems;
using Auth.Application.Audit;
using Auth.Domain.Roles;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Audit;

/// <summary>The audit log.</summary>
[ApiController]
[Route("api/audit")]
[Tags("Audit")]
public sealed class AuditController(IMediator mediator) : ControllerBase
{
    /// <summary>Lists audit events, newest first</summary>
    /// <param name="userId">Only events about this user.</param>
    /// <param name="type">Only events of this type, for example `login.failed`.</param>
    /// <param name="from">Only events at or after this time (RFC 3339).</param>
    /// <param name="to">Only events before this time (RFC 3339).</param>
    /// <param name="limit">The maximum number of items to return.</param>
    /// <param name="cursor">The <c>nextCursor</c> of the previous page.</param>
    /// <response code="200">A page of audit events.</response>
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
        return result.ToActionResult(page => Ok(AuditPageResponse.From(page)));
    }
}
