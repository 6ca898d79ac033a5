namespace Auth.Domain.Mail;

/// <summary>
/// A mail that is to be sent, stored together with the change that it tells of. It has no text: links and codes are computed
/// when it is sent, and are stored nowhere.
/// </summary>
public sealed class OutgoingMail
{
    /// <summary>The length of address hashes, in bytes.</summary>
    public const int AddressHashLength = 32;

    /// <summary>The longest name of a culture.</summary>
    public const int CultureMaxLength = 16;

    private OutgoingMail() { }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>What it says.</summary>
    public MailTemplate Template { get; private set; }

    /// <summary>The language, as the name of a culture.</summary>
    public string Culture { get; private set; } = null!;

    /// <summary>The user; null if there is none, or none is known yet.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>The flow whose link and code it contains; null for a notice.</summary>
    public Guid? FlowId { get; private set; }

    /// <summary>The generation of link and code, once prepared.</summary>
    public int? Generation { get; private set; }

    /// <summary>The encrypted address.</summary>
    public byte[] SealedAddress { get; private set; } = null!;

    /// <summary>A keyed hash of the normalized address.</summary>
    public byte[] AddressHash { get; private set; } = null!;

    /// <summary>The encrypted circumstances of the request that caused it.</summary>
    public byte[]? SealedFacts { get; private set; }

    /// <summary>Whether anybody could have asked for it, so that it counts against the limits of the address.</summary>
    public bool IsLimited { get; private set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>
    /// When it is due: for the first attempt, after a failed one, or because the instance that leased it did not finish. Null
    /// once it has been sent, discarded or given up.
    /// </summary>
    public DateTimeOffset? NextAttemptAt { get; private set; }

    /// <summary>How many attempts have begun. An instance leases the mail by beginning the next one.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it was decided that and what it says. Two that decide at the same time compete for it.</summary>
    public DateTimeOffset? PreparedAt { get; private set; }

    /// <summary>When the server accepted it.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>When it was given up.</summary>
    public DateTimeOffset? FailedAt { get; private set; }

    /// <summary>Why it was given up.</summary>
    public MailFailure? Failure { get; private set; }

    /// <summary>Creates a mail that is due at once.</summary>
    /// <param name="id">A version 7 UUID, which the encrypted values belong to.</param>
    /// <param name="template">What it says.</param>
    /// <param name="culture">The language.</param>
    /// <param name="address">The encrypted address and its hash.</param>
    /// <param name="now">The current time.</param>
    public static OutgoingMail Create(
        Guid id,
        MailTemplate template,
        string culture,
        (byte[] Sealed, byte[] Hash) address,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            Template = template,
            Culture = culture,
            SealedAddress = address.Sealed,
            AddressHash = address.Hash,
            CreatedAt = now,
            NextAttemptAt = now,
        };

    /// <summary>Says what the mail is about.</summary>
    /// <param name="userId">The user, if known.</param>
    /// <param name="flowId">The flow whose link and code it contains.</param>
    /// <param name="sealedFacts">The encrypted circumstances.</param>
    /// <param name="isLimited">Whether it counts against the limits of the address.</param>
    public OutgoingMail About(Guid? userId, Guid? flowId, byte[]? sealedFacts, bool isLimited)
    {
        (UserId, FlowId, SealedFacts, IsLimited) = (userId, flowId, sealedFacts, isLimited);
        return this;
    }

    /// <summary>Decides that it is sent. Later attempts send the same text.</summary>
    /// <param name="template">What it says, which may differ from what was asked for.</param>
    /// <param name="userId">The user.</param>
    /// <param name="generation">The generation of link and code; null for a notice.</param>
    /// <param name="now">The current time.</param>
    public void Prepare(MailTemplate template, Guid? userId, int? generation, DateTimeOffset now)
    {
        if (PreparedAt is not null)
        {
            throw new InvalidOperationException("The mail has already been prepared.");
        }

        (Template, UserId, Generation, PreparedAt) = (template, userId, generation, now);
    }

    /// <summary>Decides that it is not sent.</summary>
    public void Discard(DateTimeOffset now)
    {
        PreparedAt ??= now;
        NextAttemptAt = null;
    }
}
