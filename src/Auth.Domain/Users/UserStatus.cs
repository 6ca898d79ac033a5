namespace Auth.Domain.Users;

/// <summary>The status of an account.</summary>
public enum UserStatus
{
    /// <summary>The user may sign in.</summary>
    Active,

    /// <summary>An administrator has disabled the account.</summary>
    Disabled,
}
