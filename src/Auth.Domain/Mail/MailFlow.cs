using System.Security.Cryptography;
using Auth.Domain.Users;

namespace Auth.Domain.Mail;

/// <summary>
/// A proof that somebody reads a mailbox, from the request to its use. Link, code and flow token are computed from it and
/// the master key, and stored nowhere.
/// </summary>
public sealed class MailFlow
{
    /// <summary>The length of the salt, in bytes.</summary>
    public const int SaltLength = 32;

    /// <summary>The length of address hashes, in bytes.</summary>
    public const int AddressHashLength = 32;

    /// <summary>How many wrong codes invalidate the code.</summary>
    public const int MaxWrongCodes = 5;

    private MailFlow() { }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>What it is for.</summary>
    public FlowPurpose Purpose { get; private set; }

    /// <summary>The user; null for a pending registration, and for a reset whose mail has not been prepared.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>The <see cref="User.FlowEpoch"/> at which it was bound to the user.</summary>
    public int? UserEpoch { get; private set; }

    /// <summary>A keyed hash of the normalized address.</summary>
    public byte[] AddressHash { get; private set; } = null!;

    /// <summary>The encrypted address that its mails go to: the new one of a change, the earlier one of an undo.</summary>
    public byte[] SealedAddress { get; private set; } = null!;

    /// <summary>Random bytes without which neither link nor code can be computed.</summary>
    public byte[] Salt { get; private set; } = null!;

    /// <summary>Counts the mails with a link. Only the link and the code of the last one are valid; 0 before the first.</summary>
    public int Generation { get; private set; }

    /// <summary>How many codes of this generation have been tried. Incremented in the database only.</summary>
    public int WrongCodes { get; private set; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the code expires; null if there is none.</summary>
    public DateTimeOffset? CodeExpiresAt { get; private set; }

    /// <summary>When the link expires.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>When it was used or invalidated; null while it is open. Uses compete for it: only one can set it.</summary>
    public DateTimeOffset? ConsumedAt { get; private set; }

    /// <summary>Whether the address that an undo restores had been confirmed.</summary>
    public bool WasConfirmed { get; private set; }

    /// <summary>The registration that waits for the proof; null for other purposes.</summary>
    public PendingRegistration? Registration { get; private set; }

    /// <summary>Starts a flow.</summary>
    /// <param name="id">A version 7 UUID.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="addressHash">A keyed hash of the address.</param>
    /// <param name="sealedAddress">The encrypted address.</param>
    /// <param name="now">The current time.</param>
    public static MailFlow Start(
        Guid id,
        FlowPurpose purpose,
        byte[] addressHash,
        byte[] sealedAddress,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            Purpose = purpose,
            AddressHash = addressHash,
            SealedAddress = sealedAddress,
            Salt = RandomNumberGenerator.GetBytes(SaltLength),
            CreatedAt = now,
            CodeExpiresAt = FlowLifetimes.HasCode(purpose) ? now + FlowLifetimes.Code : null,
            ExpiresAt = now + FlowLifetimes.OfLink(purpose),
        };

    /// <summary>Binds it to a user as they are now: a later change of password, address or factors invalidates it.</summary>
    public MailFlow Bind(User user)
    {
        UserId = user.Id;
        UserEpoch = user.FlowEpoch;
        return this;
    }

    /// <summary>Keeps a registration until the address is proven.</summary>
    public void Hold(PendingRegistration registration) => Registration = registration;

    /// <summary>Remembers whether the address that is to be restored had been confirmed.</summary>
    public void RememberConfirmation(bool wasConfirmed) => WasConfirmed = wasConfirmed;

    /// <summary>Turns the reset of a user who has not accepted their invitation into another invitation.</summary>
    public void BecomeInvitation() => Purpose = FlowPurpose.Invitation;

    /// <summary>Makes link and code of the next mail valid, and those of all earlier ones invalid.</summary>
    public void Issue(DateTimeOffset now)
    {
        Generation++;
        WrongCodes = 0;
        CodeExpiresAt = FlowLifetimes.HasCode(Purpose) ? now + FlowLifetimes.Code : null;
        ExpiresAt = now + FlowLifetimes.OfLink(Purpose);
    }

    /// <summary>Whether a link of a generation is valid.</summary>
    public bool AcceptsLink(int generation, DateTimeOffset now) =>
        ConsumedAt is null && generation == Generation && generation > 0 && now < ExpiresAt;

    /// <summary>Whether the code of a generation is valid, however many wrong ones were tried.</summary>
    public bool AcceptsCode(int generation, DateTimeOffset now) => AcceptsLink(generation, now) && now < CodeExpiresAt;

    /// <summary>Whether it belongs to a user who has not changed password, address or factors since.</summary>
    public bool IsBoundTo(User user) => UserId == user.Id && UserEpoch == user.FlowEpoch;

    /// <summary>Uses it up, or invalidates it.</summary>
    public void Consume(DateTimeOffset now)
    {
        if (ConsumedAt is not null)
        {
            throw new InvalidOperationException("The flow has already been used.");
        }

        ConsumedAt = now;
    }
}
