using Auth.Domain.Roles;

namespace Auth.Application.Roles;

/// <summary>The read model of a role. The members are those of <see cref="Role"/>.</summary>
public sealed record RoleDetails(string Name, string? Description, IReadOnlyList<string> Permissions, bool IsSystem)
{
    /// <summary>Creates the read model of a role.</summary>
    public static RoleDetails From(Role role) => new(role.Name, role.Description, [.. role.Permissions], role.IsSystem);
}
