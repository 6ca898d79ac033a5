using Auth.Domain.Sessions;

namespace Auth.Domain.Audit;

/// <summary>An event: what was done to whom, by whom and from where; saved together with the change that it records.</summary>
public sealed class AuditRecord
{
    /// <summary>The maximum length of details, in characters.</summary>
    public const int DetailMaxLength = 1000;

    /// <summary>The length of hashes, in bytes.</summary>
    public const int HashLength = 32;

    /// <summary>The length of the salt, in bytes.</summary>
    public const int SaltLength = 16;

    private AuditRecord() { }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>When the event occurred.</summary>
    public DateTimeOffset OccurredAt { get; private set; }

    /// <summary>The type of event; one of <see cref="AuditTypes"/>.</summary>
    public string Type { get; private set; } = null!;

    /// <summary>Whether it succeeded.</summary>
    public AuditOutcome Outcome { get; private set; }

    /// <summary>The user whom the event is about.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>The user who did it.</summary>
    public Guid? ActorId { get; private set; }

    /// <summary>The session that the event is about, or in which it occurred.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>The client's address.</summary>
    public string? IpAddress { get; private set; }

    /// <summary>The client's user agent.</summary>
    public string? UserAgent { get; private set; }

    /// <summary>Further details; never a password, a token, a hash or personal data.</summary>
    public string? Detail { get; private set; }

    /// <summary>The chain that the record belongs to.</summary>
    public Guid ChainId { get; private set; }

    /// <summary>The record's place in its chain, from 1.</summary>
    public long Sequence { get; private set; }

    /// <summary>A keyed hash over the record and the hash of its predecessor.</summary>
    public byte[] Hash { get; private set; } = null!;

    /// <summary>
    /// A keyed hash over salt, address and user agent; null if there are none. The chain contains this instead of them,
    /// so that they can be erased, together with the salt, without breaking it.
    /// </summary>
    public byte[]? PersonalDataHash { get; private set; }

    /// <summary>Random bytes without which the hash reveals nothing about address and user agent.</summary>
    public byte[]? PersonalDataSalt { get; private set; }

    /// <summary>Creates a record.</summary>
    public static AuditRecord Create(
        string type,
        AuditOutcome outcome,
        ClientInfo client,
        DateTimeOffset now,
        Guid? userId = null,
        Guid? actorId = null,
        Guid? sessionId = null,
        string? detail = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            // In the precision that every database keeps: the hash is computed again from the stored value.
            OccurredAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)),
            Type = type,
            Outcome = outcome,
            UserId = userId,
            ActorId = actorId,
            SessionId = sessionId,
            IpAddress = client.IpAddress,
            UserAgent = client.UserAgent,
            Detail = detail?.Length > DetailMaxLength ? detail[..(DetailMaxLength - 1)] + "…" : detail,
        };

    /// <summary>Sets the hash of address and user agent.</summary>
    public void SealPersonalData(byte[] salt, byte[] hash) => (PersonalDataSalt, PersonalDataHash) = (salt, hash);

    /// <summary>Appends the record to a chain.</summary>
    public void Place(Guid chainId, long sequence) => (ChainId, Sequence) = (chainId, sequence);

    /// <summary>Sets the hash over the record and its predecessor.</summary>
    public void Seal(byte[] hash) => Hash = hash;
}
