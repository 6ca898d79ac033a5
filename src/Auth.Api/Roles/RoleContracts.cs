using System.Text.Json.Serialization;
using Auth.Application.Roles;

namespace Auth.Api.Roles;

/// <summary>A new role.</summary>
public sealed record CreateRoleRequest
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What it permits: permissions of this service or of an application.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }
}

/// <summary>What a role is from now on.</summary>
public sealed record ReplaceRoleRequest
{
    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What it permits: permissions of this service or of an application.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }
}

/// <summary>A role.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Permissions">What it permits, in order.</param>
/// <param name="IsSystem">Whether it came with the service and cannot be deleted.</param>
public sealed record RoleResponse(string Name, string? Description, IReadOnlyList<string> Permissions, bool IsSystem)
{
    /// <summary>Shows a role.</summary>
    public static RoleResponse Of(RoleDetails role) =>
        new(role.Name, role.Description, role.Permissions, role.IsSystem);
}

/// <summary>A role as it is now or, with <c>dryRun</c>, as it would be.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Permissions">What it permits, in order.</param>
/// <param name="IsSystem">Whether it came with the service and cannot be deleted.</param>
/// <param name="Effect">What the change would do to users; only with <c>dryRun</c>.</param>
public sealed record ReplacedRoleResponse(
    string Name,
    string? Description,
    IReadOnlyList<string> Permissions,
    bool IsSystem,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RoleEffectResponse? Effect
)
{
    /// <summary>Shows a replaced role.</summary>
    public static ReplacedRoleResponse Of(ReplacedRole replaced) =>
        new(
            replaced.Role.Name,
            replaced.Role.Description,
            replaced.Role.Permissions,
            replaced.Role.IsSystem,
            replaced.Effect is { } effect ? RoleEffectResponse.Of(effect) : null
        );
}

/// <summary>What a change of a role would do to those who have it.</summary>
/// <param name="Holders">How many users have the role.</param>
/// <param name="Gained">The permissions that users would gain.</param>
/// <param name="Lost">The permissions that users would lose.</param>
public sealed record RoleEffectResponse(
    int Holders,
    IReadOnlyList<PermissionEffectResponse> Gained,
    IReadOnlyList<PermissionEffectResponse> Lost
)
{
    /// <summary>Shows an effect.</summary>
    public static RoleEffectResponse Of(RoleChangeEffect effect) =>
        new(
            effect.Holders,
            [.. effect.Gained.Select(PermissionEffectResponse.Of)],
            [.. effect.Lost.Select(PermissionEffectResponse.Of)]
        );
}

/// <summary>How many users would gain or lose a permission: those who do not have it from another role as well.</summary>
/// <param name="Permission">The permission.</param>
/// <param name="Users">How many users.</param>
public sealed record PermissionEffectResponse(string Permission, int Users)
{
    /// <summary>Shows an effect.</summary>
    public static PermissionEffectResponse Of(PermissionEffect effect) => new(effect.Permission, effect.Users);
}

/// <summary>A permission of this service.</summary>
/// <param name="Name">The permission.</param>
/// <param name="Description">What it allows.</param>
public sealed record PermissionResponse(string Name, string Description);
