using System.Text.Json.Serialization;
using Auth.Application.Roles;

namespace Auth.Api.Roles;

/// <summary>A new role.</summary>
public sealed record CreateRoleRequest
{
    /// <summary>The name of the role, kept as written: a letter, then letters, digits, `.`, `_`, `-` and single spaces between them.</summary>
    public string? Name { get; init; }

    /// <summary>The purpose of the role.</summary>
    public string? Description { get; init; }

    /// <summary>The permissions that the role grants, of this service or of an application.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }
}

/// <summary>The new description and permissions of a role.</summary>
public sealed record ReplaceRoleRequest
{
    /// <summary>The purpose of the role.</summary>
    public string? Description { get; init; }

    /// <summary>The permissions that the role grants, of this service or of an application.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }
}

/// <summary>A role.</summary>
/// <param name="Name">The name of the role.</param>
/// <param name="Description">The purpose of the role.</param>
/// <param name="Permissions">The permissions that the role grants, in alphabetical order.</param>
/// <param name="IsSystem">Whether the role is built in and cannot be deleted.</param>
public sealed record RoleResponse(string Name, string? Description, IReadOnlyList<string> Permissions, bool IsSystem)
{
    /// <summary>Creates the response for a role.</summary>
    public static RoleResponse From(RoleDetails role) =>
        new(role.Name, role.Description, role.Permissions, role.IsSystem);
}

/// <summary>A role as it is now or, with <c>dryRun</c>, as it would be.</summary>
/// <param name="Name">The name of the role.</param>
/// <param name="Description">The purpose of the role.</param>
/// <param name="Permissions">The permissions that the role grants, in alphabetical order.</param>
/// <param name="IsSystem">Whether the role is built in and cannot be deleted.</param>
/// <param name="Effect">The effect that the change would have on users; only with <c>dryRun</c>.</param>
public sealed record ReplacedRoleResponse(
    string Name,
    string? Description,
    IReadOnlyList<string> Permissions,
    bool IsSystem,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RoleEffectResponse? Effect
)
{
    /// <summary>Creates the response for a replaced role.</summary>
    public static ReplacedRoleResponse From(ReplacedRole replaced) =>
        new(
            replaced.Role.Name,
            replaced.Role.Description,
            replaced.Role.Permissions,
            replaced.Role.IsSystem,
            replaced.Effect is { } effect ? RoleEffectResponse.From(effect) : null
        );
}

/// <summary>The effect of a change on the users who have the role.</summary>
/// <param name="Holders">The number of users who have the role.</param>
/// <param name="Gained">The permissions that users would gain.</param>
/// <param name="Lost">The permissions that users would lose.</param>
public sealed record RoleEffectResponse(
    int Holders,
    IReadOnlyList<PermissionEffectResponse> Gained,
    IReadOnlyList<PermissionEffectResponse> Lost
)
{
    /// <summary>Creates the response for an effect.</summary>
    public static RoleEffectResponse From(RoleChangeEffect effect) =>
        new(
            effect.Holders,
            [.. effect.Gained.Select(PermissionEffectResponse.From)],
            [.. effect.Lost.Select(PermissionEffectResponse.From)]
        );
}

/// <summary>The number of users who would gain or lose a permission, not counting those to whom another role grants it.</summary>
/// <param name="Permission">The permission.</param>
/// <param name="Users">The number of users.</param>
public sealed record PermissionEffectResponse(string Permission, int Users)
{
    /// <summary>Creates the response for an effect.</summary>
    public static PermissionEffectResponse From(PermissionEffect effect) => new(effect.Permission, effect.Users);
}

/// <summary>A permission of this service.</summary>
/// <param name="Name">The permission.</param>
/// <param name="Description">What the permission allows.</param>
public sealed record PermissionResponse(string Name, string Description);
