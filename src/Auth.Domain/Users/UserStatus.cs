namespace Auth.Domain.Users;

/// <summary>The status of an account.</summary>
public enum UserStatus
{
    /// <summary>The user may sign in.</summary>
    Active,

    /// <summary>An administrator has disabled the account.</summary>
    Disabled,

    /// <summary>
    /// It is active, and its owner has not set a password yet. Stored as <see cref="Active"/> and <see cref="User.IsInvited"/>,
    /// because earlier versions, which may still be running, do not know this name.
    /// </summary>
    Invited,
}
