using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Problems;
using Auth.Api.StepUp;
using Auth.Application.Users;
using Auth.Domain.Roles;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Factors;

/// <summary>The second factors of a user, for administrators.</summary>
[ApiController]
[Route("api/users/{id:guid}/factors")]
[Tags("Second factors")]
public sealed class UserFactorsController(IMediator mediator) : ControllerBase
{
    /// <summary>Removes all second factors of a user</summary>
    /// <remarks>For users who have lost them; the next sign-in requires the password only.</remarks>
    /// <response code="204">The user has no second factor.</response>
    [HttpDelete]
    [Authorize(Permissions.UsersWrite)]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Remove(Guid id, CancellationToken cancellationToken)
    {
        var command = new RemoveUserFactorsCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        return (await mediator.Send(command, cancellationToken)).ToActionResult();
    }
}
