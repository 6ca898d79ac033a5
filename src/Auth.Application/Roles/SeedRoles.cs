using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using MediatR;

namespace Auth.Application.Roles;

/// <summary>Creates missing built-in roles. Any number of instances may do so at the same time.</summary>
public sealed record SeedRolesCommand : IRequest<Result>;

internal sealed class SeedRolesCommandHandler(IRoleRepository roles, IUnitOfWork unitOfWork, TimeProvider clock)
    : IRequestHandler<SeedRolesCommand, Result>
{
    public async Task<Result> Handle(SeedRolesCommand command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        Role[] systemRoles =
        [
            Role.CreateSystem(RoleName.From(Role.Viewer), "May use applications and see themselves.", [], now),
            Role.CreateSystem(
                RoleName.From(Role.Editor),
                "May see users and roles.",
                [Permissions.UsersRead, Permissions.RolesRead],
                now
            ),
            Role.CreateSystem(RoleName.From(Role.Admin), "May do everything.", Permissions.All.Keys, now),
        ];
        var existing = await roles.ListByNamesAsync(
            [.. systemRoles.Select(role => RoleName.From(role.Name))],
            cancellationToken
        );
        var missing = systemRoles.ExceptBy(existing.Select(role => role.Name), role => role.Name).ToList();
        foreach (var role in missing)
        {
            roles.Add(role);
        }

        // A newer version of the service may have permissions that the role lacks. None are removed: an
        // older version may start at the same time.
        var outdated = existing.FirstOrDefault(role =>
            role.IsAdministrator && !Permissions.All.Keys.All(role.Permissions.Contains)
        );
        outdated?.Permit(outdated.Permissions.Union(Permissions.All.Keys).ToList(), outdated.NumberChange(), now);
        if (missing.Count > 0 || outdated is not null)
        {
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return Result.Success;
    }
}
