using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Configuration;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Api.StepUp;
using Auth.Application.Users;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Auth.Api.Users;

/// <summary>The caller's account and other users.</summary>
[ApiController]
[Route("api/users")]
[Tags("Users")]
public sealed class UsersController(IMediator mediator, RefreshTokenCookie refreshTokenCookie) : ControllerBase
{
    /// <summary>Returns the caller's account</summary>
    /// <remarks>Read from the database, so it may be newer than the claims of the access token.</remarks>
    /// <response code="200">The caller's account.</response>
    [HttpGet("me")]
    [Authorize]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Me(CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new GetUserQuery(new CurrentUser(User).Id), cancellationToken);
        return result.OrOwnerDeleted().ToActionResult(user => Ok(UserResponse.From(user)));
    }

    /// <summary>Changes the caller's own account</summary>
    /// <remarks>Omitted properties are not changed.</remarks>
    /// <response code="200">The account after the change.</response>
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
        return result.OrOwnerDeleted().ToActionResult(user => Ok(UserResponse.From(user)));
    }

    /// <summary>Exports everything that is stored about the caller</summary>
    /// <remarks>
    /// One document with the account, all stored sessions, and the caller's audit events. Only credentials are left out: the
    /// password hash and the secrets that refresh tokens are derived from.
    /// </remarks>
    /// <response code="200">The document.</response>
    [HttpGet("me/export")]
    [Authorize]
    [RequiresStepUp]
    [ProducesResponseType<UserExportResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ExportMe(CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new ExportMeQuery(new CurrentUser(User).Id), cancellationToken);
        return result.OrOwnerDeleted().ToActionResult(export => Ok(UserExportResponse.From(export)));
    }

    /// <summary>Deletes the caller's own account and all of its data</summary>
    /// <remarks>This cannot be undone. An access token alone is not enough: users who have a password send it.</remarks>
    /// <response code="204">The account has been deleted, and its sessions have ended.</response>
    [HttpPost("me/delete")]
    [Authorize]
    [RequiresStepUp]
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
    /// <param name="limit">The maximum number of items to return.</param>
    /// <param name="cursor">The <c>nextCursor</c> of the previous page.</param>
    /// <param name="search">
    /// The beginning of the e-mail address, case-insensitive. A prefix that no address can have returns no users. Domain labels
    /// in ASCII form (<c>xn--…</c>) must be complete.
    /// </param>
    /// <param name="role">Only users with this role; its name is case-insensitive.</param>
    /// <param name="status">Only users with this status.</param>
    /// <response code="200">A page of users.</response>
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
        return result.ToActionResult(page => Ok(UserPageResponse.From(page)));
    }

    /// <summary>Invites a user</summary>
    /// <remarks>
    /// Creates an account without a password. The user sets one with the link of the invitation, which is valid for seven days.
    /// Non-administrators can grant only roles whose permissions they all hold.
    /// </remarks>
    /// <response code="201">The account has been created, and the invitation is sent.</response>
    [HttpPost]
    [Authorize(Permissions.UsersWrite)]
    [RequiresStepUp]
    [ProducesResponseType<UserResponse>(StatusCodes.Status201Created)]
    [ProblemCodes("VALIDATION_FAILED", "EMAIL_ALREADY_REGISTERED", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Invite(InviteUserRequest request, CancellationToken cancellationToken)
    {
        var command = new InviteUserCommand(
            request.Email,
            request.DisplayName,
            request.Roles,
            new CurrentUser(User).Id,
            HttpContext.ReadClientInfo()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(user => Created(Request.PathTo($"/api/users/{user.Id}"), UserResponse.From(user)));
    }

    /// <summary>Sends an invitation again</summary>
    /// <remarks>The link of the earlier invitation is no longer valid once the new one is on its way.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <response code="202">The invitation is sent.</response>
    [HttpPost("{id:guid}/resend-invitation")]
    [Authorize(Permissions.UsersWrite)]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    [ProblemCodes("NOT_FOUND", "NOT_INVITED", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> ResendInvitation(Guid id, CancellationToken cancellationToken)
    {
        var command = new ResendInvitationCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToAccepted();
    }

    /// <summary>Sends a user a mail to replace their password</summary>
    /// <remarks>A user who has not accepted their invitation gets it again. A disabled account gets no mail.</remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <response code="202">The mail is sent.</response>
    [HttpPost("{id:guid}/send-password-reset")]
    [Authorize(Permissions.UsersWrite)]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> SendPasswordReset(Guid id, CancellationToken cancellationToken)
    {
        var command = new SendPasswordResetCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToAccepted();
    }

    /// <summary>Returns a user</summary>
    /// <param name="id">The user's id.</param>
    /// <response code="200">The user.</response>
    [HttpGet("{id:guid}")]
    [Authorize(Permissions.UsersRead)]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND")]
    public async Task<IActionResult> Get(Guid id, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new GetUserQuery(id), cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.From(user)));
    }

    /// <summary>Explains which roles grant a user their permissions</summary>
    /// <param name="id">The user's id.</param>
    /// <response code="200">Each permission of the user with the roles that grant it.</response>
    [HttpGet("{id:guid}/permissions")]
    [Authorize(Permissions.UsersRead)]
    [ProducesResponseType<IReadOnlyList<PermissionSourceResponse>>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND")]
    public async Task<IActionResult> ExplainPermissions(Guid id, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new ExplainPermissionsQuery(id), cancellationToken);
        return result.ToActionResult(sources => Ok(sources.Items.Select(PermissionSourceResponse.From)));
    }

    /// <summary>Replaces the roles of a user</summary>
    /// <remarks>
    /// Non-administrators can grant only roles whose permissions they all hold, and cannot grant or remove `admin`.
    /// </remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The roles.</param>
    /// <response code="200">The user after the change.</response>
    [HttpPut("{id:guid}/roles")]
    [Authorize(Permissions.UsersWrite)]
    [RequiresStepUp]
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
        return result.ToActionResult(user => Ok(UserResponse.From(user)));
    }

    /// <summary>Replaces all roles of a user with one role</summary>
    /// <remarks>
    /// Non-administrators can grant only roles whose permissions they all hold, and cannot grant or remove `admin`.
    /// </remarks>
    /// <param name="id">The user's id.</param>
    /// <param name="request">The role.</param>
    /// <response code="200">The user after the change.</response>
    [HttpPatch("{id:guid}/role")]
    [Authorize(Permissions.UsersWrite)]
    [RequiresStepUp]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("VALIDATION_FAILED", "NOT_FOUND", "LAST_ADMINISTRATOR", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> ChangeRole(Guid id, ChangeRoleRequest request, CancellationToken cancellationToken)
    {
        var actorId = new CurrentUser(User).Id;
        var command = new ChangeRoleCommand(id, request.Role, actorId, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.From(user)));
    }

    /// <summary>Disables an account and ends all of its sessions</summary>
    /// <param name="id">The user's id.</param>
    /// <response code="200">The user after the change.</response>
    [HttpPost("{id:guid}/disable")]
    [Authorize(Permissions.UsersWrite)]
    [RequiresStepUp]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND", "LAST_ADMINISTRATOR", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Disable(Guid id, CancellationToken cancellationToken)
    {
        var command = new DisableUserCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.From(user)));
    }

    /// <summary>Enables a disabled account</summary>
    /// <remarks>Its sessions remain ended: the user has to sign in again.</remarks>
    /// <param name="id">The user's id.</param>
    /// <response code="200">The user after the change.</response>
    [HttpPost("{id:guid}/enable")]
    [Authorize(Permissions.UsersWrite)]
    [RequiresStepUp]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Enable(Guid id, CancellationToken cancellationToken)
    {
        var command = new EnableUserCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.From(user)));
    }

    /// <summary>Unlocks an account that was locked after failed sign-ins</summary>
    /// <remarks>Resets the counts of failed sign-ins, including those of known devices.</remarks>
    /// <param name="id">The user's id.</param>
    /// <response code="200">The user after the change.</response>
    [HttpPost("{id:guid}/unlock")]
    [Authorize(Permissions.UsersWrite)]
    [RequiresStepUp]
    [ProducesResponseType<UserResponse>(StatusCodes.Status200OK)]
    [ProblemCodes("NOT_FOUND", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Unlock(Guid id, CancellationToken cancellationToken)
    {
        var command = new UnlockUserCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult(user => Ok(UserResponse.From(user)));
    }

    /// <summary>Deletes a user and all of their data</summary>
    /// <remarks>The audit log keeps only the id of the user, and no IP addresses or user agents.</remarks>
    /// <param name="id">The user's id.</param>
    /// <response code="204">The account has been deleted, and its sessions have ended.</response>
    [HttpDelete("{id:guid}")]
    [Authorize(Permissions.UsersDelete)]
    [RequiresStepUp]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProblemCodes("NOT_FOUND", "LAST_ADMINISTRATOR", "CONCURRENT_UPDATE")]
    public async Task<IActionResult> Delete(Guid id, CancellationToken cancellationToken)
    {
        var command = new DeleteUserCommand(id, new CurrentUser(User).Id, HttpContext.ReadClientInfo());
        var result = await mediator.Send(command, cancellationToken);
        return result.ToActionResult();
    }
}
