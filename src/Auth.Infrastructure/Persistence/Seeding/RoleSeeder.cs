using Auth.Application.Abstractions;
using Auth.Domain.Roles;

namespace Auth.Infrastructure.Persistence.Seeding;

/// <summary>Makes the roles that exist from the start, as often and by as many instances as it is called.</summary>
internal sealed class RoleSeeder(IRoleRepository roles, IUnitOfWork unitOfWork, TimeProvider clock)
{
    // Each lost race means that somebody else has stored a role. The bound only keeps a defect from becoming an endless
    // loop.
    private const int MaxAttempts = 20;

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; !await TryAddMissingAsync(cancellationToken); attempt++)
        {
            if (attempt == MaxAttempts)
            {
                throw new InvalidOperationException(
                    "The built-in roles could not be stored: others kept changing roles."
                );
            }
        }
    }

    private async Task<bool> TryAddMissingAsync(CancellationToken cancellationToken)
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

        // A newer version of the service may know permissions that the role was made without. Nothing is taken away: an
        // older version may start beside it.
        var outdated = existing.FirstOrDefault(role =>
            role.IsAdministrator && !Permissions.All.Keys.All(role.Permissions.Contains)
        );
        outdated?.Permit(outdated.Permissions.Union(Permissions.All.Keys).ToList(), outdated.NumberChange(), now);

        return (missing.Count == 0 && outdated is null) || await unitOfWork.TrySaveChangesAsync(cancellationToken);
    }
}
