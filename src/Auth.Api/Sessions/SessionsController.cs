using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Problems;
using Auth.Api.StepUp;
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
    /// <response code="204">The session has ended, and its access tokens are revoked.</response>
    [HttpDelete("{id:guid}")]
    [Authorize]
    [RequiresStepUp(UnlessCurrentSession = "id")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> End(Guid id, CancellationToken cancellationToken)
    {
        var caller = new CurrentUser(User);
        var client = HttpContext.ReadClientInfo();
        var command = new EndSessionCommand(caller.Id, id, client);
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }

    /// <summary>Ends all of the caller's sessions except the current one</summary>
    /// <response code="204">The other sessions have ended, and their access tokens are revoked.</response>
    [HttpDelete]
    [Authorize]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("CONCURRENT_UPDATE")]
    public async Task<IActionResult> EndOthers(CancellationToken cancellationToken)
    {
        var caller = new CurrentUser(User);
        var client = HttpContext.ReadClientInfo();
        var command = new EndOtherSessionsCommand(caller.Id, caller.SessionId, client);
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }
}
