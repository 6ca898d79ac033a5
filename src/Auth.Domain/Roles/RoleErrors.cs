using Auth.Domain.Common;

namespace Auth.Domain.Roles;

/// <summary>Errors about roles.</summary>
public static class RoleErrors
{
    /// <summary>Another role has this name.</summary>
    public static readonly Error AlreadyExists = new(
        "ROLE_ALREADY_EXISTS",
        "A role with this name already exists. Role names are case-insensitive.",
        ErrorKind.Conflict
    );

    /// <summary>The role is assigned to users or service accounts, or is the default role of new users.</summary>
    public static readonly Error InUse = new(
        "ROLE_IN_USE",
        "The role is assigned to users or service accounts, or is the default role of new users. Unassign it, or change "
            + "Registration:DefaultRole, first.",
        ErrorKind.Conflict
    );

    /// <summary>The role is built in.</summary>
    public static readonly Error System = new(
        "SYSTEM_ROLE",
        "Built-in roles cannot be deleted, and `admin` cannot be changed.",
        ErrorKind.Conflict
    );

    /// <summary>No role has this name.</summary>
    public static Error Unknown(RoleName name) => Error.Validation("roles", $"The role '{name}' does not exist.");

    /// <summary>A user would have more permissions than fit into an access token.</summary>
    /// <param name="field">The invalid field.</param>
    public static Error TooLarge(string field) =>
        Error.Validation(
            field,
            "The names of a user's roles and permissions must not exceed "
                + $"{Role.MaxTokenSize} bytes in total, so that they fit into an access token."
        );
}
