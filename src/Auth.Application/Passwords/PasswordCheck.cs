using Auth.Domain.Users;

namespace Auth.Application.Passwords;

/// <summary>The result of checking a password.</summary>
internal enum PasswordVerdict
{
    /// <summary>The password is right.</summary>
    Accepted,

    /// <summary>The password is right, and its hash should be replaced.</summary>
    AcceptedRehashNeeded,

    /// <summary>The password is wrong, or there is no account that may sign in.</summary>
    Wrong,

    /// <summary>There were too many failures: the password was not compared, or the result is ignored.</summary>
    Throttled,

    /// <summary>Sign-ins to many accounts failed from the same address: the password was not compared.</summary>
    AddressThrottled,
}

/// <summary>The result of comparing a password, which happens once even if the command is retried.</summary>
/// <param name="Verdict">The result.</param>
/// <param name="User">The account at that time; null if there is none.</param>
/// <param name="DeviceId">The known device that sent it; null for an unknown device.</param>
internal sealed record PasswordCheck(PasswordVerdict Verdict, User? User, Guid? DeviceId)
{
    /// <summary>How long the client's address is throttled, if that is why the password was not compared.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The detail to record if this failure is reported as password spraying; otherwise null.</summary>
    public string? Spraying { get; init; }

    /// <summary>Whether this failure locked the account for unknown devices.</summary>
    public bool JustLocked { get; init; }

    /// <summary>Whether this was the only attempt that was allowed after too many failures.</summary>
    public bool IsSingleAttempt { get; init; }

    public bool IsAccepted => Verdict is PasswordVerdict.Accepted or PasswordVerdict.AcceptedRehashNeeded;

    public bool IsThrottled => Verdict is PasswordVerdict.Throttled or PasswordVerdict.AddressThrottled;

    /// <summary>
    /// Whether an accepted password is still valid for the account, read again: it is not disabled, and the password has not been
    /// changed. Another hash of the same password makes no difference.
    /// </summary>
    public bool IsStillValidFor(User user) => IsAccepted && user.IsActive && user.DeviceEpoch == User!.DeviceEpoch;
}
