namespace Auth.Domain.Roles;

/// <summary>Roles that always exist.</summary>
public static class RoleRepositoryExtensions
{
    /// <summary>Returns the built-in role that may do everything.</summary>
    public static async Task<Role> GetAdministratorRoleAsync(
        this IRoleRepository roles,
        CancellationToken cancellationToken
    ) =>
        await roles.FindByNameAsync(RoleName.From(Role.Admin), cancellationToken)
        ?? throw new InvalidOperationException("The administrators' role does not exist.");
}
