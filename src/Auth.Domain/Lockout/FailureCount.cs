namespace Auth.Domain.Lockout;

/// <summary>
/// Counts the wrong passwords in a row for an account: from all unknown devices together, or from one known device.
/// Addresses without an account have one, too, so that a count reveals nothing.
/// </summary>
/// <remarks>It is incremented in the database only, where no parallel guess is lost.</remarks>
public sealed class FailureCount
{
    /// <summary>The length of the key, in bytes.</summary>
    public const int KeyLength = 32;

    private FailureCount() { }

    /// <summary>A keyed hash of the e-mail address or of the device: the row names neither.</summary>
    public byte[] Key { get; private set; } = null!;

    /// <summary>The account; null where there is none.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>How many guesses in a row were compared and wrong.</summary>
    public int Failures { get; private set; }

    /// <summary>How many guesses have been rejected since, without having been compared.</summary>
    public int Refusals { get; private set; }

    /// <summary>When the last failure was. The delay starts here: rejected guesses do not prolong it.</summary>
    public DateTimeOffset LastFailureAt { get; private set; }

    /// <summary>The state at an instant.</summary>
    public LockState StateAt(LockoutPolicy policy, DateTimeOffset now) =>
        policy.StateAfter(Failures, now - LastFailureAt);
}
