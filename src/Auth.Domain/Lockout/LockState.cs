namespace Auth.Domain.Lockout;

/// <summary>Whether a password attempt is allowed.</summary>
public enum LockState
{
    /// <summary>Attempts are allowed.</summary>
    Open,

    /// <summary>The delay is over: a single attempt is allowed, the first one to arrive.</summary>
    SingleAttempt,

    /// <summary>No attempt is allowed until the delay is over.</summary>
    Delayed,

    /// <summary>No attempt is allowed until an administrator unlocks the account.</summary>
    Locked,
}
