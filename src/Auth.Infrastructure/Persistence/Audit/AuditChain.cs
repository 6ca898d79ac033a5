namespace Auth.Infrastructure.Persistence.Audit;

/// <summary>
/// One of the chains of the audit log: where it ends, and behind which record it starts once the oldest were removed.
/// Both ends are sealed, so that they cannot be moved by whoever has only the database.
/// </summary>
internal sealed class AuditChain
{
    private AuditChain() { }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>The number of the newest record. Whoever adds records competes for it.</summary>
    public long Sequence { get; private set; }

    /// <summary>The hash of the newest record.</summary>
    public byte[] Hash { get; private set; } = null!;

    /// <summary>A keyed hash over the end.</summary>
    public byte[] Seal { get; private set; } = null!;

    /// <summary>Until when the instance that added to it last means to do so again. Only a hint: the sequence decides.</summary>
    public DateTimeOffset LeasedUntil { get; private set; }

    /// <summary>The number of the newest record that was removed because of its age; 0 if none was.</summary>
    public long RemovedSequence { get; private set; }

    /// <summary>The hash of that record.</summary>
    public byte[] RemovedHash { get; private set; } = null!;

    /// <summary>A keyed hash over the start.</summary>
    public byte[] RemovedSeal { get; private set; } = null!;

    /// <summary>Starts a chain.</summary>
    public static AuditChain Start(AuditHasher hasher, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var none = new byte[Domain.Audit.AuditRecord.HashLength];
        return new()
        {
            Id = id,
            Hash = none,
            Seal = hasher.SealEnd(id, 0, none),
            RemovedHash = none,
            RemovedSeal = hasher.SealStart(id, 0, none),
        };
    }

    /// <summary>A chain of which only the end is known: enough to add to it.</summary>
    public static AuditChain At(Guid id, long sequence, byte[] hash) =>
        new()
        {
            Id = id,
            Sequence = sequence,
            Hash = hash,
            Seal = [],
            RemovedHash = [],
            RemovedSeal = [],
        };

    /// <summary>Moves the end.</summary>
    public void Extend(long sequence, byte[] hash, byte[] seal, DateTimeOffset leasedUntil) =>
        (Sequence, Hash, Seal, LeasedUntil) = (sequence, hash, seal, leasedUntil);
}
