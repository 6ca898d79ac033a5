namespace Auth.Domain.Lockout;

/// <summary>What may be done about a password after a number of failures.</summary>
public enum LockState
{
    /// <summary>It may be tried.</summary>
    Open,

    /// <summary>The waiting time is over: it may be tried once, by whoever is first.</summary>
    OneTry,

    /// <summary>It may not be tried for a while.</summary>
    Waiting,

    /// <summary>It may not be tried until somebody who may do so lifts it.</summary>
    Off,
}
