namespace Auth.Domain.Lockout;

/// <summary>
/// How many wrong passwords in a row came for an account: from all unknown devices together, or from one known device.
/// There is one for addresses without an account as well, so that counting tells nothing.
/// </summary>
/// <remarks>It is only ever raised in the database, where parallel guesses cannot overlook each other.</remarks>
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

    /// <summary>How many guesses were turned away since, without having been compared.</summary>
    public int Refusals { get; private set; }

    /// <summary>When the last failure was. Waiting starts here: guesses that are turned away do not prolong it.</summary>
    public DateTimeOffset LastFailureAt { get; private set; }

    /// <summary>What may be done at an instant.</summary>
    public LockState StateAt(LockoutPolicy policy, DateTimeOffset now) =>
        policy.StateAfter(Failures, now - LastFailureAt);
}
