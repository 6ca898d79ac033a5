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

/// <summary>Replaces the description and permissions of a role; a dry run only reports the effect.</summary>
public sealed record ReplaceRoleCommand(
    string Name,
    string? Description,
    IReadOnlyList<string>? Permissions,
    bool DryRun,
    Guid ActorId,
    ClientInfo Client
) : IRequest<Result<ReplacedRole>>;

/// <summary>A role after a change, real or simulated. The effect is null unless the change was a dry run.</summary>
public sealed record ReplacedRole(RoleDetails Role, RoleChangeEffect? Effect);

internal sealed class ReplaceRoleCommandValidator : AbstractValidator<ReplaceRoleCommand>
{
    public ReplaceRoleCommandValidator()
    {
        RuleFor(command => command.Description).RoleDescription();
        this.RolePermissions(command => command.Permissions);
    }
}

internal sealed class ReplaceRoleCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    RoleChanges changes,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ReplaceRoleCommand, Result<ReplacedRole>>
{
    public async Task<Result<ReplacedRole>> Handle(ReplaceRoleCommand command, CancellationToken cancellationToken)
    {
        if (
            !RoleName.TryParse(command.Name, out var name)
            || await roles.FindByNameAsync(name, cancellationToken) is not { } role
        )
        {
            return CommonErrors.NotFound;
        }

        var actor = await users.FindActorAsync(
            command.ActorId,
            caller => caller.MayChange(role) && caller.MayGrant(command.Permissions!),
            cancellationToken
        );
        if (actor is null)
        {
            return CommonErrors.Forbidden;
        }

        if (role.IsAdministrator)
        {
            return RoleErrors.System;
        }

        if (!await changes.FitIntoTokensAsync(role, command.Permissions!, cancellationToken))
        {
            return RoleErrors.TooLarge("permissions");
        }

        if (command.DryRun)
        {
            var effect = await changes.FindEffectAsync(role, command.Permissions!, cancellationToken);
            var permissions = command.Permissions!.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            return new ReplacedRole(
                new RoleDetails(role.Name, command.Description, [.. permissions], role.IsSystem),
                effect
            );
        }

        if (!role.Permits(command.Permissions!) || role.Description != command.Description)
        {
            await ReplaceAsync(role, command, actor, cancellationToken);
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return new ReplacedRole(RoleDetails.From(role), Effect: null);
    }

    private async Task ReplaceAsync(
        Role role,
        ReplaceRoleCommand command,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var gained = command.Permissions!.Except(role.Permissions, StringComparer.Ordinal).Select(text => "+" + text);
        var lost = role.Permissions.Except(command.Permissions!, StringComparer.Ordinal).Select(text => "-" + text);
        var difference = string.Join(' ', gained.Concat(lost));

        role.Describe(command.Description);
        if (!role.Permits(command.Permissions!))
        {
            var administratorRole = await roles.GetAdministratorRoleAsync(cancellationToken);
            role.Permit(command.Permissions!, administratorRole.NumberChange(), now);
        }

        audit.Record(
            AuditTypes.RoleChanged,
            command.Client,
            now,
            actorId: actor.Id,
            detail: difference.Length == 0 ? $"{role.Name}: description" : $"{role.Name}: {difference}"
        );
    }
}
