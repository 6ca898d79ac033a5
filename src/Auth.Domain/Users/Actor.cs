using Auth.Domain.Roles;

namespace Auth.Domain.Users;

/// <summary>The user or the service that changes users, roles or service accounts, and what they may do.</summary>
/// <param name="id">The id of the user or the service account.</param>
/// <param name="isAdministrator">Whether they may do everything.</param>
/// <param name="permissions">The permissions that they hold.</param>
public sealed class Actor(Guid id, bool isAdministrator, IReadOnlyCollection<string> permissions)
{
    /// <summary>The id of the user or the service account.</summary>
    public Guid Id => id;

    /// <summary>Whether they may do everything.</summary>
    public bool IsAdministrator => isAdministrator;

    /// <summary>Whether they may change, disable, delete or log out a user.</summary>
    public bool MayChange(User user) => IsAdministrator || !user.IsAdministrator;

    /// <summary>Whether they may grant a role: non-administrators can grant only permissions they hold themselves.</summary>
    public bool MayGrant(Role role) => IsAdministrator || (!role.IsAdministrator && Holds(role.Permissions));

    /// <summary>Whether they may change a role, or delete it: only one whose permissions they hold themselves.</summary>
    public bool MayChange(Role role) => MayGrant(role);

    /// <summary>Whether they may add permissions to a role: non-administrators only those they hold themselves.</summary>
    public bool MayGrant(IEnumerable<string> added) => IsAdministrator || Holds(added);

    private bool Holds(IEnumerable<string> needed) => !needed.Except(permissions, StringComparer.Ordinal).Any();
}
