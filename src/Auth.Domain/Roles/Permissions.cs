using System.Text.RegularExpressions;

namespace Auth.Domain.Roles;

/// <summary>The permissions of this service itself. Roles may also contain permissions of applications.</summary>
public static partial class Permissions
{
    /// <summary>The maximum length of a permission, in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>See other users.</summary>
    public const string UsersRead = "users:read";

    /// <summary>Change other users: roles, status.</summary>
    public const string UsersWrite = "users:write";

    /// <summary>Delete other users.</summary>
    public const string UsersDelete = "users:delete";

    /// <summary>See other users' sessions.</summary>
    public const string SessionsRead = "sessions:read";

    /// <summary>End other users' sessions.</summary>
    public const string SessionsRevoke = "sessions:revoke";

    /// <summary>See roles and permissions.</summary>
    public const string RolesRead = "roles:read";

    /// <summary>Create, change and delete roles.</summary>
    public const string RolesWrite = "roles:write";

    /// <summary>See the signing keys.</summary>
    public const string KeysRead = "keys:read";

    /// <summary>Replace the signing key.</summary>
    public const string KeysRotate = "keys:rotate";

    /// <summary>Read the audit log.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>See the service accounts.</summary>
    public const string ServiceAccountsRead = "service-accounts:read";

    /// <summary>Create, change and delete service accounts and their secrets.</summary>
    public const string ServiceAccountsWrite = "service-accounts:write";

    /// <summary>Check access tokens (RFC 7662). Only for service accounts.</summary>
    public const string TokensIntrospect = "tokens:introspect";

    /// <summary>The built-in permissions and what they allow.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [UsersRead] = "See all users.",
            [UsersWrite] = "Change users: their roles and status.",
            [UsersDelete] = "Delete users.",
            [SessionsRead] = "See the sessions of all users.",
            [SessionsRevoke] = "End the sessions of all users.",
            [RolesRead] = "See roles and permissions.",
            [RolesWrite] = "Create, change and delete roles.",
            [KeysRead] = "See the signing keys.",
            [KeysRotate] = "Replace the signing key.",
            [AuditRead] = "Read the audit log.",
            [ServiceAccountsRead] = "See service accounts.",
            [ServiceAccountsWrite] = "Create, change and delete service accounts and their secrets.",
            [TokensIntrospect] = "Check access tokens, as a service account.",
        };

    /// <summary>Whether only users can use a permission: a service must not be able to give itself new secrets.</summary>
    public static bool IsForUsersOnly(string permission) => permission is ServiceAccountsRead or ServiceAccountsWrite;

    /// <summary>Whether a text has the format <c>resource:action</c>, in lower case.</summary>
    public static bool IsWellFormed(string permission) => permission.Length <= MaxLength && Form().IsMatch(permission);

    [GeneratedRegex(
        @"\A[a-z][a-z0-9-]*:[a-z][a-z0-9-]*\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
