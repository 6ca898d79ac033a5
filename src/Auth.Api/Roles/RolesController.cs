using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Configuration;
using Auth.Api.Problems;
using Auth.Api.StepUp;
using Auth.Application.Roles;
using Auth.Domain.Roles;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Auth.Api.Roles;

/// <summary>Roles: named sets of permissions.</summary>
[ApiController]
[Route("api/roles")]
[Tags("Roles")]
public sealed class RolesController(IMediator mediator) : ControllerBase
{
    /// <summary>Lists the roles in alphabetical order</summary>
    /// <response code="200">All roles.</response>
    [HttpGet]
    [Authorize(Permissions.RolesRead)]
    [ProducesResponseType<IReadOnlyList<RoleResponse>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var roles = await mediator.Send(new ListRolesQuery(), cancellationToken);
        return Ok(roles.Select(RoleResponse.From));
    }

    /// <summary>Returns a role</summary>
    /// <param name="name">The name of the role, case-insensitive.</param>
    /// <response code="200">The role.</response>
    [HttpGet("{name}")]
    [Authorize(Permissions.RolesRead)]
    [ProducesResponseType<RoleResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND")]
    public async Task<IActionResult> Get(string name, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new GetRoleQuery(name), cancellationToken);
        return result.ToActionResult(role => Ok(RoleResponse.From(role)));
    }

    /// <summary>Creates a role</summary>
    /// <remarks>
    /// The name is kept as written. Names that differ only in case are the same: `Admin` is the built-in `admin`.
    ///
    /// Permissions are `resource:action`: those of this service, and any that an application checks in the access
    /// token. Non-administrators can grant only permissions they hold themselves.
    /// </remarks>
    /// <param name="request">The role.</param>
    /// <response code="201">The role.</response>
    [HttpPost]
    [Authorize(Permissions.RolesWrite)]
    [RequiresStepUp]
    [ProducesResponseType<RoleResponse>(StatusCodes.Status201Created)]
    [ProblemCodes("VALIDATION_FAILED", "ROLE_ALREADY_EXISTS", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Create(CreateRoleRequest request, CancellationToken cancellationToken)
    {
        var command = new CreateRoleCommand(
            request.Name,
            request.Description,
            request.Permissions,
            new CurrentUser(User).Id,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(role =>
            Created(Request.PathTo($"/api/roles/{role.Name}"), RoleResponse.From(role))
        );
    }

    /// <summary>Replaces the description and the permissions of a role</summary>
    /// <remarks>
    /// A change of permissions takes effect for all users who have the role within seconds: their access tokens are rejected
    /// with `TOKEN_REVOKED`, and the next refresh returns one with the new permissions. Non-administrators can grant only
    /// permissions they hold themselves, and change only roles whose permissions they all hold.
    /// </remarks>
    /// <param name="name">The name of the role, case-insensitive.</param>
    /// <param name="request">The role.</param>
    /// <param name="dryRun">If `true`, nothing is changed, and `effect` reports how many users would gain or lose each permission.</param>
    /// <response code="200">The role as it is now or, with `dryRun`, as it would be.</response>
    [HttpPut("{name}")]
    [Authorize(Permissions.RolesWrite)]
    [RequiresStepUp]
    [ProducesResponseType<ReplacedRoleResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED", "NOT_FOUND", "SYSTEM_ROLE", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Replace(
        string name,
        ReplaceRoleRequest request,
        bool? dryRun,
        CancellationToken cancellationToken
    )
    {
        var command = new ReplaceRoleCommand(
            name,
            request.Description,
            request.Permissions,
            dryRun == true,
            new CurrentUser(User).Id,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(replaced => Ok(ReplacedRoleResponse.From(replaced)));
    }

    /// <summary>Deletes a role that no user has</summary>
    /// <param name="name">The name of the role, case-insensitive.</param>
    /// <response code="204">The role has been deleted.</response>
    [HttpDelete("{name}")]
    [Authorize(Permissions.RolesWrite)]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("NOT_FOUND", "ROLE_IN_USE", "SYSTEM_ROLE", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Delete(string name, CancellationToken cancellationToken)
    {
        var command = new DeleteRoleCommand(name, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }
}
