using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Auth.Domain.Audit;
using Auth.Infrastructure.Security;

namespace Auth.Infrastructure.Persistence.Audit;

/// <summary>
/// Computes the keyed hashes of the audit log. The key is derived from the master key, so access to the database alone is
/// not enough to compute them.
/// </summary>
internal sealed class AuditHasher(MasterKeys masterKeys)
{
    private readonly IReadOnlyList<DerivedKey> _keys = masterKeys.Derive("audit chain");

    /// <summary>The kind of data that is hashed; separates the hashes of different kinds.</summary>
    private enum Kind : byte
    {
        Record = 1,
        PersonalData = 2,
        End = 3,
        Start = 4,
        Checkpoint = 5,
    }

    /// <summary>Computes the hash of a record and its predecessor's hash.</summary>
    public byte[] Hash(AuditRecord record, byte[] previous) => Compute(_keys[0], Describe(record, previous));

    /// <summary>Whether the hash of a record is valid.</summary>
    public bool IsValid(AuditRecord record, byte[] previous) => IsValid(Describe(record, previous), record.Hash);

    /// <summary>Seals the address and user agent of a record, if it has any.</summary>
    public void SealPersonalData(AuditRecord record)
    {
        if (record.IpAddress is not null || record.UserAgent is not null)
        {
            var salt = RandomNumberGenerator.GetBytes(AuditRecord.SaltLength);
            record.SealPersonalData(salt, Compute(_keys[0], DescribePersonalData(record, salt)));
        }
    }

    /// <summary>Whether the address and user agent of a record are unchanged.</summary>
    public bool IsPersonalDataValid(AuditRecord record) =>
        record is { PersonalDataSalt: { } salt, PersonalDataHash: { } hash }
        && IsValid(DescribePersonalData(record, salt), hash);

    public byte[] SealEnd(Guid chainId, long sequence, byte[] hash) =>
        Compute(_keys[0], Describe(Kind.End, chainId, sequence, hash));

    /// <summary>Whether the seal of a chain's end is valid.</summary>
    public bool IsEndValid(AuditChain chain) =>
        IsValid(Describe(Kind.End, chain.Id, chain.Sequence, chain.Hash), chain.Seal);

    public byte[] SealStart(Guid chainId, long sequence, byte[] hash) =>
        Compute(_keys[0], Describe(Kind.Start, chainId, sequence, hash));

    /// <summary>Whether the seal of a chain's start is valid.</summary>
    public bool IsStartValid(AuditChain chain) =>
        IsValid(Describe(Kind.Start, chain.Id, chain.RemovedSequence, chain.RemovedHash), chain.RemovedSeal);

    public byte[] SealCheckpoint(ReadOnlySpan<byte> checkpoint) =>
        Compute(_keys[0], [(byte)Kind.Checkpoint, .. checkpoint]);

    /// <summary>Whether the seal of a checkpoint is valid.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="seal">Its seal.</param>
    /// <param name="sealLength">The number of bytes of the seal that a checkpoint carries.</param>
    public bool IsCheckpointValid(ReadOnlySpan<byte> checkpoint, ReadOnlySpan<byte> seal, int sealLength) =>
        IsValid([(byte)Kind.Checkpoint, .. checkpoint], seal, sealLength);

    // Hashes made with previous master keys remain valid.
    private bool IsValid(byte[] text, ReadOnlySpan<byte> hash, int length = HMACSHA256.HashSizeInBytes)
    {
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(Compute(key, text).AsSpan(0, length), hash))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Compute(DerivedKey key, byte[] text) => HMACSHA256.HashData(key.Bytes, text);

    private static byte[] Describe(AuditRecord record, byte[] previous) =>
        new Text(Kind.Record)
            .Add(record.ChainId)
            .Add(record.Sequence)
            .Add(previous)
            .Add(record.Id)
            .Add(record.OccurredAt.UtcTicks)
            .Add(record.Type)
            .Add((long)record.Outcome)
            .Add(record.UserId)
            .Add(record.ActorId)
            .Add(record.SessionId)
            .Add(record.Detail)
            .Add(record.PersonalDataHash)
            .ToArray();

    private static byte[] DescribePersonalData(AuditRecord record, byte[] salt) =>
        new Text(Kind.PersonalData).Add(salt).Add(record.Id).Add(record.IpAddress).Add(record.UserAgent).ToArray();

    private static byte[] Describe(Kind kind, Guid chainId, long sequence, byte[] hash) =>
        new Text(kind).Add(chainId).Add(sequence).Add(hash).ToArray();

    /// <summary>Encodes fields unambiguously: different lists of fields give different bytes.</summary>
    private sealed class Text(Kind kind)
    {
        private const byte Absent = 0;
        private const byte Present = 1;

        private readonly List<byte> _bytes = [(byte)kind];

        public Text Add(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
            _bytes.AddRange(bytes);
            return this;
        }

        public Text Add(Guid? id) => Add(id?.ToByteArray(bigEndian: true));

        public Text Add(string? text) => Add(text is null ? null : Encoding.UTF8.GetBytes(text));

        public Text Add(byte[]? bytes)
        {
            _bytes.Add(bytes is null ? Absent : Present);
            if (bytes is not null)
            {
                Add(bytes.LongLength);
                _bytes.AddRange(bytes);
            }

            return this;
        }

        public byte[] ToArray() => [.. _bytes];
    }
}
