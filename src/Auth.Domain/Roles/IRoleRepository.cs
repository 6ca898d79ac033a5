namespace Auth.Domain.Roles;

/// <summary>The roles.</summary>
public interface IRoleRepository
{
    /// <summary>Finds the role of a name.</summary>
    Task<Role?> FindByNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>Finds those roles of a list of names that exist.</summary>
    Task<IReadOnlyList<Role>> ListByNamesAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);

    /// <summary>Adds a role.</summary>
    void Add(Role role);
}
