using Auth.Domain.Common;

namespace Auth.Domain.Roles;

/// <summary>What can be wrong with roles.</summary>
public static class RoleErrors
{
    /// <summary>Another role has this name.</summary>
    public static readonly Error AlreadyExists = new(
        "ROLE_ALREADY_EXISTS",
        "A role with this name exists already. Names that differ only in case are the same.",
        ErrorKind.Conflict
    );

    /// <summary>Somebody has the role, or new users get it.</summary>
    public static readonly Error InUse = new(
        "ROLE_IN_USE",
        "Users have this role, or new users get it. Take it from them first.",
        ErrorKind.Conflict
    );

    /// <summary>The role came with the service.</summary>
    public static readonly Error System = new(
        "SYSTEM_ROLE",
        "This role came with the service: it cannot be deleted, and that of the administrators cannot be changed.",
        ErrorKind.Conflict
    );

    /// <summary>A role of this name does not exist.</summary>
    public static Error Unknown(RoleName name) => Error.Validation("roles", $"There is no role '{name}'.");

    /// <summary>Somebody would have more permissions than fit into an access token.</summary>
    /// <param name="field">The field that asks for it.</param>
    public static Error TooLarge(string field) =>
        Error.Validation(
            field,
            "The names of all roles and permissions of a user take up at most "
                + $"{Role.MaxTokenSize} bytes together, so that they fit into an access token."
        );
}
