namespace Auth.Domain.Roles;

/// <summary>The roles.</summary>
public interface IRoleRepository
{
    /// <summary>All roles by name. There are few.</summary>
    Task<IReadOnlyList<Role>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Finds the role of a name.</summary>
    Task<Role?> FindByNameAsync(RoleName name, CancellationToken cancellationToken);

    /// <summary>Finds those roles of a list of names that exist.</summary>
    Task<IReadOnlyList<Role>> ListByNamesAsync(
        IReadOnlyCollection<RoleName> names,
        CancellationToken cancellationToken
    );

    /// <summary>How many users have a role, and none of some others.</summary>
    Task<int> CountHoldersAsync(Role role, IReadOnlyCollection<Role> withoutAnyOf, CancellationToken cancellationToken);

    /// <summary>Whether any user has a role.</summary>
    Task<bool> AnyHolderAsync(Role role, CancellationToken cancellationToken);

    /// <summary>The sum of <see cref="Role.TokenSize"/> for that holder of a role for whom it is largest; 0 without holders.</summary>
    Task<int> LargestTokenSizeOfHoldersAsync(Role role, CancellationToken cancellationToken);

    /// <summary>Adds a role.</summary>
    void Add(Role role);

    /// <summary>Removes a role that is not assigned to anybody.</summary>
    void Remove(Role role);
}
