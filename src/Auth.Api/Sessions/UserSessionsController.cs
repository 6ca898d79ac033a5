using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Problems;
using Auth.Api.StepUp;
using Auth.Application.Sessions;
using Auth.Domain.Roles;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Sessions;

/// <summary>The sessions of a user.</summary>
[ApiController]
[Route("api/users/{id:guid}/sessions")]
[Tags("Users")]
public sealed class UserSessionsController(IMediator mediator) : ControllerBase
{
    /// <summary>Lists the sessions of a user, oldest first</summary>
    /// <param name="id">The user's id.</param>
    /// <response code="200">The active sessions.</response>
    [HttpGet]
    [Authorize(Permissions.SessionsRead)]
    [ProducesResponseType<IReadOnlyList<SessionResponse>>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND")]
    public async Task<IActionResult> List(Guid id, CancellationToken cancellationToken)
    {
        var current = new CurrentUser(User).SessionId;
        var result = await mediator.Send(new ListUserSessionsQuery(id), cancellationToken);
        return result.ToActionResult(sessions =>
            Ok(sessions.Items.Select(session => SessionResponse.From(session, current)))
        );
    }

    /// <summary>Ends all sessions of a user</summary>
    /// <param name="id">The user's id.</param>
    /// <response code="204">The sessions have ended, and their access tokens are revoked.</response>
    [HttpDelete]
    [Authorize(Permissions.SessionsRevoke)]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> End(Guid id, CancellationToken cancellationToken)
    {
        var command = new EndUserSessionsCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }
}
