using Auth.Domain.Roles;

namespace Auth.Application.Roles;

/// <summary>A role.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Permissions">What it permits, in order.</param>
/// <param name="IsSystem">Whether it came with the service and cannot be deleted.</param>
public sealed record RoleDetails(string Name, string? Description, IReadOnlyList<string> Permissions, bool IsSystem)
{
    /// <summary>Shows a role.</summary>
    public static RoleDetails From(Role role) => new(role.Name, role.Description, [.. role.Permissions], role.IsSystem);
}
