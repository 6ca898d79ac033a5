using Auth.Application.Abstractions;
using Auth.Application.Users;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Roles;

/// <summary>Creates a role. Its permissions are those of this service or of an application.</summary>
public sealed record CreateRoleCommand(
    string? Name,
    string? Description,
    IReadOnlyList<string>? Permissions,
    Guid ActorId,
    ClientInfo Client
) : IRequest<Result<RoleDetails>>;

internal sealed class CreateRoleCommandValidator : AbstractValidator<CreateRoleCommand>
{
    public CreateRoleCommandValidator()
    {
        RuleFor(command => command.Name)
            .Must(RoleName.IsValid)
            .WithMessage(
                "Role names must be 2 to 64 characters long, start with a letter, and contain only letters, digits, '.', '_', "
                    + "'-' and single spaces."
            );
        RuleFor(command => command.Description).RoleDescription();
        this.RolePermissions(command => command.Permissions);
    }
}

internal sealed class CreateRoleCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<CreateRoleCommand, Result<RoleDetails>>
{
    public async Task<Result<RoleDetails>> Handle(CreateRoleCommand command, CancellationToken cancellationToken)
    {
        var actor = await users.FindActorAsync(
            command.ActorId,
            caller => caller.MayGrant(command.Permissions!),
            cancellationToken
        );
        if (actor is null)
        {
            return CommonErrors.Forbidden;
        }

        var name = RoleName.From(command.Name!);
        var found = await roles.ListByNamesAsync([name, RoleName.From(Role.Admin)], cancellationToken);
        if (found.Any(role => role.NormalizedName == name.Normalized))
        {
            return RoleErrors.AlreadyExists;
        }

        if (Role.TokenSizeOf(name.Value, command.Permissions!) > Role.MaxTokenSize)
        {
            return RoleErrors.TooLarge("permissions");
        }

        var now = clock.GetUtcNow();
        var number = found.Single(role => role.IsAdministrator).NumberChange();
        var newRole = Role.Create(name, command.Description, command.Permissions!, number, now);
        roles.Add(newRole);
        audit.Record(
            AuditTypes.RoleCreated,
            command.Client,
            now,
            actorId: actor.Id,
            detail: $"{newRole.Name}: [{string.Join(' ', newRole.Permissions)}]"
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return RoleDetails.From(newRole);
    }
}
