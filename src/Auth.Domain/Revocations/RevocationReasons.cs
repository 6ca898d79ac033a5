namespace Auth.Domain.Revocations;

/// <summary>Why access or refresh tokens are no longer valid; disclosed to clients that send a genuine token.</summary>
public static class RevocationReasons
{
    /// <summary>The maximum length of a reason, in characters.</summary>
    public const int MaxLength = 32;

    /// <summary>The user logged out on this device.</summary>
    public const string Logout = "logout";

    /// <summary>The user logged out everywhere.</summary>
    public const string LogoutAll = "logout_all";

    /// <summary>The user ended this session from another one.</summary>
    public const string SessionRevoked = "session_revoked";

    /// <summary>The user signed in again in the same browser.</summary>
    public const string SignedInAgain = "signed_in_again";

    /// <summary>A refresh token was used again after its grace window.</summary>
    public const string ReuseDetected = "reuse_detected";

    /// <summary>The password was changed.</summary>
    public const string PasswordChanged = "password_changed";

    /// <summary>The user's e-mail address was changed: refresh and continue.</summary>
    public const string EmailChanged = "email_changed";

    /// <summary>The user's earlier e-mail address was restored.</summary>
    public const string EmailChangeUndone = "email_change_undone";

    /// <summary>A second factor was added or removed: refresh and continue.</summary>
    public const string FactorsChanged = "factors_changed";

    /// <summary>The user's roles, or the permissions of one of them, were changed: refresh and continue.</summary>
    public const string RolesChanged = "roles_changed";

    /// <summary>An administrator disabled the account.</summary>
    public const string UserDisabled = "user_disabled";

    /// <summary>The account was deleted.</summary>
    public const string UserDeleted = "user_deleted";

    /// <summary>An administrator ended the session.</summary>
    public const string AdminRevoked = "admin_revoked";

    /// <summary>The secret that the access token was issued for was removed.</summary>
    public const string SecretRemoved = "secret_removed";

    /// <summary>The session was not used for too long.</summary>
    public const string ExpiredIdle = "expired_idle";

    /// <summary>The session reached its absolute lifetime.</summary>
    public const string ExpiredAbsolute = "expired_absolute";

    /// <summary>Whether the calling session goes on after a change of the user for this reason, with other access tokens.</summary>
    public static bool SessionContinues(string reason) =>
        reason is RolesChanged or PasswordChanged or EmailChanged or FactorsChanged;

    /// <summary>All reasons.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Logout,
        LogoutAll,
        SessionRevoked,
        SignedInAgain,
        ReuseDetected,
        PasswordChanged,
        EmailChanged,
        EmailChangeUndone,
        FactorsChanged,
        RolesChanged,
        UserDisabled,
        UserDeleted,
        AdminRevoked,
        SecretRemoved,
        ExpiredIdle,
        ExpiredAbsolute,
    ];
}
