using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Problems;
using Auth.Application.Sessions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Sessions;

/// <summary>The caller's own sessions.</summary>
[ApiController]
[Route("api/auth/sessions")]
[Tags("Authentication")]
public sealed class SessionsController(IMediator mediator) : ControllerBase
{
    /// <summary>Lists the caller's sessions, oldest first</summary>
    /// <response code="200">The active sessions.</response>
    [HttpGet]
    [Authorize]
    [ProducesResponseType<IReadOnlyList<SessionResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var caller = new CurrentUser(User);
        var sessions = await mediator.Send(new ListSessionsQuery(caller.Id), cancellationToken);
        return Ok(sessions.Select(session => SessionResponse.From(session, caller.SessionId)));
    }

    /// <summary>Ends one of the caller's sessions</summary>
    /// <remarks>The caller must have signed in recently if the service is configured to require it.</remarks>
    /// <response code="204">The session has ended, and its access tokens are revoked.</response>
    [HttpDelete("{id:guid}")]
    [Authorize]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("NOT_FOUND", "REAUTHENTICATION_REQUIRED", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> End(Guid id, CancellationToken cancellationToken)
    {
        var caller = new CurrentUser(User);
        var client = HttpContext.ReadClientInfo();
        var command = new EndSessionCommand(caller.Id, id, caller.AuthenticatedAt, client);
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }

    /// <summary>Ends all of the caller's sessions except the current one</summary>
    /// <remarks>The caller must have signed in recently if the service is configured to require it.</remarks>
    /// <response code="204">The other sessions have ended, and their access tokens are revoked.</response>
    [HttpDelete]
    [Authorize]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("REAUTHENTICATION_REQUIRED", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> EndOthers(CancellationToken cancellationToken)
    {
        var caller = new CurrentUser(User);
        var client = HttpContext.ReadClientInfo();
        var command = new EndOtherSessionsCommand(caller.Id, caller.SessionId, caller.AuthenticatedAt, client);
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }
}
