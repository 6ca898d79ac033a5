using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.OpenApi;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application.Users;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.Users;

/// <summary>Users: oneself and others.</summary>
[ApiController]
[Route("api/users")]
[Tags("Users")]
public sealed class UsersController(IMediator mediator, RefreshTokenCookie refreshTokenCookie) : ControllerBase
{
    /// <summary>Shows the caller</summary>
    /// <remarks>Read afresh, so that it may be newer than what the access token says.</remarks>
    /// <response code="200">The caller.</response>
    [HttpGet("me")]
    [Authorize]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Me(CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new GetUserQuery(new CurrentUser(User).Id), cancellationToken);
        return result.OrOwnerDeleted().ToActionResult(user => Ok(UserResponse.Of(user)));
    }

    /// <summary>Changes the caller's own account</summary>
    /// <remarks>What is left out stays as it is.</remarks>
    /// <response code="200">The caller, as they are now.</response>
    [HttpPatch("me")]
    [Authorize]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> ChangeMe(ChangeMeRequest request, CancellationToken cancellationToken)
    {
        var id = new CurrentUser(User).Id;
        IRequest<Result<UserDetails>> message = request.HasDisplayName
            ? new RenameMeCommand(id, request.DisplayName)
            : new GetUserQuery(id);
        var result = await mediator.Send(message, cancellationToken);
        return result.OrOwnerDeleted().ToActionResult(user => Ok(UserResponse.Of(user)));
    }

    /// <summary>Gives the caller everything that is stored about them</summary>
    /// <remarks>
    /// As one document: the account, all sessions that are still stored, and the audit log as far as it is about them. Left
    /// out is only what proves who they are: the hash of the password and what refresh tokens are computed from.
    /// </remarks>
    /// <response code="200">The document.</response>
    [HttpGet("me/export")]
    [Authorize]
    [ProducesResponseType<UserExportResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ExportMe(CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new ExportMeQuery(new CurrentUser(User).Id), cancellationToken);
        return result.OrOwnerDeleted().ToActionResult(export => Ok(UserExportResponse.Of(export)));
    }

    /// <summary>Deletes the caller's own account with all that belongs to it</summary>
    /// <response code="204">The account is gone, and its sessions have ended.</response>
    [HttpPost("me/delete")]
    [Authorize]
    [EnableRateLimiting(RateLimitPolicies.ChangePassword)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("VALIDATION_FAILED", "INVALID_CREDENTIALS", "LAST_ADMINISTRATOR", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> DeleteMe(DeleteMeRequest request, CancellationToken cancellationToken)
    {
        var command = new DeleteMeCommand(
            new CurrentUser(User).Id,
            request.Password,
            HttpContext.ReadClientInfo(),
            SentTokens.Present(request.DeviceToken)
        );
        var result = await mediator.Send(command, cancellationToken);
        if (!result.IsFailure)
        {
            refreshTokenCookie.Clear(Response);
        }

        return result.OrOwnerDeleted().ToActionResult();
    }

    /// <summary>Lists users, oldest first</summary>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cursor">The <c>nextCursor</c> of the part before.</param>
    /// <param name="search">
    /// The start of the e-mail address, in any case. A text that no address can start with finds nothing. A label of the
    /// domain in ASCII form (<c>xn--…</c>) has to be complete.
    /// </param>
    /// <param name="role">Only users with this role.</param>
    /// <param name="status">Only users of this status.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <response code="200">A part of the list.</response>
    [HttpGet]
    [Authorize(Permissions.UsersRead)]
    [ProducesResponseType<UserPageResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED")]
    public async Task<IActionResult> List(
        int? limit,
        string? cursor,
        string? search,
        string? role,
        string? status,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new ListUsersQuery(limit, cursor, search, role, status), cancellationToken);
        return result.ToActionResult(page => Ok(UserPageResponse.Of(page)));
    }

    /// <summary>Shows a user</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <response code="200">The user.</response>
    [HttpGet("{id:guid}")]
    [Authorize(Permissions.UsersRead)]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND")]
    public async Task<IActionResult> Get(Guid id, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new GetUserQuery(id), cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.Of(user)));
    }

    /// <summary>Says why a user may do what they may do</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <response code="200">Each permission of the user with the roles it comes from.</response>
    [HttpGet("{id:guid}/permissions")]
    [Authorize(Permissions.UsersRead)]
    [ProducesResponseType<IReadOnlyList<PermissionSourceResponse>>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND")]
    public async Task<IActionResult> ExplainPermissions(Guid id, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new ExplainPermissionsQuery(id), cancellationToken);
        return result.ToActionResult(sources => Ok(sources.Items.Select(PermissionSourceResponse.Of)));
    }

    /// <summary>Replaces the roles of a user</summary>
    /// <remarks>
    /// Who is no administrator grants only roles whose permissions they all hold, and cannot change who is one.
    /// </remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The roles.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <response code="200">The user, as they are now.</response>
    [HttpPut("{id:guid}/roles")]
    [Authorize(Permissions.UsersWrite)]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED", "NOT_FOUND", "LAST_ADMINISTRATOR", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> ChangeRoles(
        Guid id,
        ChangeRolesRequest request,
        CancellationToken cancellationToken
    )
    {
        var actorId = new CurrentUser(User).Id;
        var command = new ChangeRolesCommand(id, request.Roles, actorId, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.Of(user)));
    }

    /// <summary>Gives a user a single role in place of all they have</summary>
    /// <remarks>
    /// Who is no administrator grants only roles whose permissions they all hold, and cannot change who is one.
    /// </remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The role.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <response code="200">The user, as they are now.</response>
    [HttpPatch("{id:guid}/role")]
    [Authorize(Permissions.UsersWrite)]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED", "NOT_FOUND", "LAST_ADMINISTRATOR", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> ChangeRole(Guid id, ChangeRoleRequest request, CancellationToken cancellationToken)
    {
        var actorId = new CurrentUser(User).Id;
        var command = new ChangeRoleCommand(id, request.Role, actorId, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.Of(user)));
    }

    /// <summary>Switches an account off and ends all its sessions</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <response code="200">The user, as they are now.</response>
    [HttpPost("{id:guid}/disable")]
    [Authorize(Permissions.UsersWrite)]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND", "LAST_ADMINISTRATOR", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Disable(Guid id, CancellationToken cancellationToken)
    {
        var command = new DisableUserCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.Of(user)));
    }

    /// <summary>Switches an account on again</summary>
    /// <remarks>Its sessions stay ended: the user signs in anew.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <response code="200">The user, as they are now.</response>
    [HttpPost("{id:guid}/enable")]
    [Authorize(Permissions.UsersWrite)]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Enable(Guid id, CancellationToken cancellationToken)
    {
        var command = new EnableUserCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.Of(user)));
    }

    /// <summary>Lifts the block that failed sign-ins have put on an account</summary>
    /// <remarks>All failures are forgotten, those of known devices as well.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <response code="200">The user, as they are now.</response>
    [HttpPost("{id:guid}/unlock")]
    [Authorize(Permissions.UsersWrite)]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Unlock(Guid id, CancellationToken cancellationToken)
    {
        var command = new UnlockUserCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.Of(user)));
    }

    /// <summary>Deletes a user with all that belongs to them</summary>
    /// <remarks>The audit log keeps the id, which then belongs to nobody, and neither addresses nor user agents.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <response code="204">The account is gone, and its sessions have ended.</response>
    [HttpDelete("{id:guid}")]
    [Authorize(Permissions.UsersDelete)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("NOT_FOUND", "LAST_ADMINISTRATOR", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Delete(Guid id, CancellationToken cancellationToken)
    {
        var command = new DeleteUserCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }
}
