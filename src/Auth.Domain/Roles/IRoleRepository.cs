namespace Auth.Domain.Roles;

/// <summary>The roles.</summary>
public interface IRoleRepository
{
    /// <summary>All roles by name; there are few.</summary>
    Task<IReadOnlyList<Role>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Finds a role by name.</summary>
    Task<Role?> FindByNameAsync(RoleName name, CancellationToken cancellationToken);

    /// <summary>Finds the existing roles for a list of names.</summary>
    Task<IReadOnlyList<Role>> ListByNamesAsync(
        IReadOnlyCollection<RoleName> names,
        CancellationToken cancellationToken
    );

    /// <summary>The number of users who have a role and none of some others.</summary>
    Task<int> CountHoldersAsync(Role role, IReadOnlyCollection<Role> withoutAnyOf, CancellationToken cancellationToken);

    /// <summary>Whether any user or service account has a role.</summary>
    Task<bool> AnyHolderAsync(Role role, CancellationToken cancellationToken);

    /// <summary>
    /// The largest sum of <see cref="Role.TokenSize"/> among the users and service accounts that have a role; 0 if there are none.
    /// </summary>
    Task<int> LargestTokenSizeOfHoldersAsync(Role role, CancellationToken cancellationToken);

    /// <summary>Adds a role.</summary>
    void Add(Role role);

    /// <summary>Removes a role that is not assigned to any user or service account.</summary>
    void Remove(Role role);
}
