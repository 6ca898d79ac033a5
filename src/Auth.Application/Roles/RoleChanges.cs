using Auth.Domain.Roles;

namespace Auth.Application.Roles;

/// <summary>The number of users with a role, and the permissions that they would gain and lose by a change to it.</summary>
public sealed record RoleChangeEffect(
    int Holders,
    IReadOnlyList<PermissionEffect> Gained,
    IReadOnlyList<PermissionEffect> Lost
);

/// <summary>The number of users who would gain or lose a permission, not counting those who also have it from another role.</summary>
public sealed record PermissionEffect(string Permission, int Users);

/// <summary>Computes the effect of a role change on the users with the role, in the database.</summary>
internal sealed class RoleChanges(IRoleRepository roles)
{
    /// <summary>Whether the permissions of every user with the role still fit into an access token.</summary>
    public async Task<bool> FitIntoTokensAsync(
        Role role,
        IReadOnlyList<string> permissions,
        CancellationToken cancellationToken
    )
    {
        var newSize = Role.TokenSizeOf(role.Name, permissions.Distinct(StringComparer.Ordinal));
        if (newSize > Role.MaxTokenSize)
        {
            return false;
        }

        if (newSize <= role.TokenSize)
        {
            return true;
        }

        // If all roles together fit into one token, no user has to be checked.
        var all = await roles.ListAsync(cancellationToken);
        if (all.Sum(other => other.TokenSize) - role.TokenSize + newSize <= Role.MaxTokenSize)
        {
            return true;
        }

        var largest = await roles.LargestTokenSizeOfHoldersAsync(role, cancellationToken);
        return largest - role.TokenSize + newSize <= Role.MaxTokenSize;
    }

    /// <summary>Counts the users who would gain or lose each permission.</summary>
    public async Task<RoleChangeEffect> FindEffectAsync(
        Role role,
        IReadOnlyList<string> permissions,
        CancellationToken cancellationToken
    )
    {
        var others = (await roles.ListAsync(cancellationToken)).Where(other => other != role).ToList();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return new RoleChangeEffect(
            await CountAsync([]),
            await CountAllAsync(permissions.Except(role.Permissions, StringComparer.Ordinal)),
            await CountAllAsync(role.Permissions.Except(permissions, StringComparer.Ordinal))
        );

        async Task<IReadOnlyList<PermissionEffect>> CountAllAsync(IEnumerable<string> changed)
        {
            var effects = new List<PermissionEffect>();
            foreach (var permission in changed.Order(StringComparer.Ordinal))
            {
                var alsoFrom = others.Where(other => other.Permissions.Contains(permission)).ToList();
                effects.Add(new PermissionEffect(permission, await CountAsync(alsoFrom)));
            }

            return effects;
        }

        // Many permissions are granted by the same other roles, mostly by none: each combination is counted once.
        async Task<int> CountAsync(List<Role> alsoFrom)
        {
            var key = string.Join(' ', alsoFrom.Select(other => other.Name));
            if (!counts.TryGetValue(key, out var count))
            {
                count = await roles.CountHoldersAsync(role, alsoFrom, cancellationToken);
                counts.Add(key, count);
            }

            return count;
        }
    }
}
