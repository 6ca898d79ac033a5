namespace Auth.Domain.Lockout;

/// <summary>
/// Counts the consecutive wrong passwords for an account: from all unknown devices together, or from one known device.
/// Addresses without an account have one, too, so that a count reveals nothing.
/// </summary>
/// <remarks>It is incremented only in the database, so that no concurrent guess is lost.</remarks>
public sealed class FailureCount
{
    /// <summary>The length of the key, in bytes.</summary>
    public const int KeyLength = 32;

    private FailureCount() { }

    /// <summary>A keyed hash of the e-mail address or of the device: the row contains neither.</summary>
    public byte[] Key { get; private set; } = null!;

    /// <summary>The account; null if there is none.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>The number of consecutive guesses that were compared and wrong.</summary>
    public int Failures { get; private set; }

    /// <summary>The number of guesses since then that were rejected without being compared.</summary>
    public int Refusals { get; private set; }

    /// <summary>When the last failure occurred. The delay starts here: rejected guesses do not extend it.</summary>
    public DateTimeOffset LastFailureAt { get; private set; }

    /// <summary>The state at an instant.</summary>
    public LockState StateAt(LockoutPolicy policy, DateTimeOffset now) =>
        policy.StateAfter(Failures, now - LastFailureAt);
}
