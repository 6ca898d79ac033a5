using Auth.Domain.Common;

namespace Auth.Domain.Roles;

/// <summary>What can be wrong with roles.</summary>
public static class RoleErrors
{
    /// <summary>A role of this name does not exist.</summary>
    public static Error Unknown(string name) => Error.Validation("roles", $"There is no role '{name}'.");
}
