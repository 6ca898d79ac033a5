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

/// <summary>The sessions of all users.</summary>
[ApiController]
[Route("api/sessions")]
[Tags("Users")]
public sealed class AllSessionsController(IMediator mediator) : ControllerBase
{
    /// <summary>Ends the sessions of all users, including the caller's</summary>
    /// <remarks>
    /// For emergencies: all users have to sign in again, and access tokens are revoked within seconds. If the caller is not an
    /// administrator, the sessions of administrators are not ended.
    /// </remarks>
    /// <response code="204">The sessions have ended.</response>
    [HttpDelete]
    [Authorize(Permissions.SessionsRevoke)]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("CONCURRENT_UPDATE")]
    public async Task<IActionResult> End(CancellationToken cancellationToken)
    {
        var command = new EndAllSessionsCommand(new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }
}
