namespace Auth.Domain.Users;

/// <summary>Whether an account may be used.</summary>
public enum UserStatus
{
    /// <summary>It may sign in.</summary>
    Active,

    /// <summary>An administrator has disabled it.</summary>
    Disabled,
}
