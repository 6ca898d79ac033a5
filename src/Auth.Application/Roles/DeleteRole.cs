using Auth.Application.Abstractions;
using Auth.Application.Users;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Roles;

/// <summary>Deletes a role that is not assigned to any user.</summary>
public sealed record DeleteRoleCommand(string Name, Guid ActorId, ClientInfo Client) : IRequest<Result>;

internal sealed class DeleteRoleCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    RegistrationPolicy registration,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<DeleteRoleCommand, Result>
{
    public async Task<Result> Handle(DeleteRoleCommand command, CancellationToken cancellationToken)
    {
        if (
            !RoleName.TryParse(command.Name, out var name)
            || await roles.FindByNameAsync(name, cancellationToken) is not { } role
        )
        {
            return CommonErrors.NotFound;
        }

        var actor = await users.FindActorAsync(command.ActorId, caller => caller.MayChange(role), cancellationToken);
        if (actor is null)
        {
            return CommonErrors.Forbidden;
        }

        if (role.IsSystem)
        {
            return RoleErrors.System;
        }

        // Only for a clear error: the foreign key decides.
        if (name == registration.DefaultRole || await roles.AnyHolderAsync(role, cancellationToken))
        {
            return RoleErrors.InUse;
        }

        roles.Remove(role);
        audit.Record(
            AuditTypes.RoleDeleted,
            command.Client,
            clock.GetUtcNow(),
            actorId: actor.Id,
            detail: $"{role.Name}: [{string.Join(' ', role.Permissions)}]"
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
