namespace Auth.Infrastructure.Persistence.Audit;

/// <summary>
/// A hash chain of the audit log: its end, and its start once the oldest records have been removed. Both are sealed with
/// a key, so that access to the database alone is not enough to move them.
/// </summary>
internal sealed class AuditChain
{
    private AuditChain() { }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>The number of the newest record; the concurrency token for appending records.</summary>
    public long Sequence { get; private set; }

    /// <summary>The hash of the newest record.</summary>
    public byte[] Hash { get; private set; } = null!;

    /// <summary>A keyed hash of the end.</summary>
    public byte[] Seal { get; private set; } = null!;

    /// <summary>When the lease of the last writer ends. Only a hint: the sequence decides.</summary>
    public DateTimeOffset LeasedUntil { get; private set; }

    /// <summary>The number of the newest record removed because of its age; 0 if there is none.</summary>
    public long RemovedSequence { get; private set; }

    /// <summary>The hash of that record.</summary>
    public byte[] RemovedHash { get; private set; } = null!;

    /// <summary>A keyed hash of the start.</summary>
    public byte[] RemovedSeal { get; private set; } = null!;

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

    /// <summary>Returns a chain of which only the end is known, which is enough to append to it.</summary>
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
