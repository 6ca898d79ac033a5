using Auth.Domain.Roles;

namespace Auth.Application.Roles;

/// <summary>A role, as it is shown. The members are those of <see cref="Role"/>.</summary>
public sealed record RoleDetails(string Name, string? Description, IReadOnlyList<string> Permissions, bool IsSystem)
{
    /// <summary>Makes the read model of a role.</summary>
    public static RoleDetails From(Role role) => new(role.Name, role.Description, [.. role.Permissions], role.IsSystem);
}
