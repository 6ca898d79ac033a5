using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Auth.Infrastructure.Persistence.Audit;

/// <summary>
/// The ends of all chains at one moment, as a sealed text to be kept outside the database. Comparing the log with it
/// reveals whether its newest records were cut off.
/// </summary>
internal sealed class AuditCheckpoint
{
    private const byte Version = 1;
    private const int IdLength = 16;
    private const int EntryLength = IdLength + sizeof(long) + HashLength;
    private const int SealLength = 16;

    /// <summary>The length of the part of a record's hash that is kept, enough to tell records apart.</summary>
    private const int HashLength = 16;

    private readonly IReadOnlyList<Entry> _entries;

    private AuditCheckpoint(IReadOnlyList<Entry> entries) => _entries = entries;

    /// <summary>The ends of the chains.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>Creates a checkpoint of the chains.</summary>
    public static AuditCheckpoint From(IEnumerable<AuditChain> chains) =>
        new([.. chains.Select(chain => new Entry(chain.Id, chain.Sequence, chain.Hash[..HashLength]))]);

    /// <summary>Parses a checkpoint; fails if the text is malformed or its seal is invalid.</summary>
    public static bool TryParse(string text, AuditHasher hasher, [NotNullWhen(true)] out AuditCheckpoint? checkpoint)
    {
        checkpoint = null;
        var trimmed = text.Trim();
        if (!Base64Url.IsValid(trimmed))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(trimmed).AsSpan();
        if (
            bytes.Length < 1 + SealLength
            || bytes[0] != Version
            || (bytes.Length - 1 - SealLength) % EntryLength != 0
            || !hasher.IsCheckpointValid(bytes[..^SealLength], bytes[^SealLength..], SealLength)
        )
        {
            return false;
        }

        var entries = new List<Entry>();
        for (var rest = bytes[1..^SealLength]; rest.Length > 0; rest = rest[EntryLength..])
        {
            entries.Add(
                new Entry(
                    new Guid(rest[..IdLength], bigEndian: true),
                    BinaryPrimitives.ReadInt64BigEndian(rest[IdLength..]),
                    rest[(IdLength + sizeof(long))..EntryLength].ToArray()
                )
            );
        }

        checkpoint = new AuditCheckpoint(entries);
        return true;
    }

    /// <summary>Formats the checkpoint.</summary>
    public string ToText(AuditHasher hasher)
    {
        var bytes = new byte[1 + (_entries.Count * EntryLength) + SealLength];
        bytes[0] = Version;
        for (var i = 0; i < _entries.Count; i++)
        {
            var place = bytes.AsSpan(1 + (i * EntryLength), EntryLength);
            _entries[i].ChainId.TryWriteBytes(place, bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(place[IdLength..], _entries[i].Sequence);
            _entries[i].Hash.CopyTo(place[(IdLength + sizeof(long))..]);
        }

        hasher.SealCheckpoint(bytes.AsSpan(..^SealLength)).AsSpan(0, SealLength).CopyTo(bytes.AsSpan(^SealLength..));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The end of a chain.</summary>
    internal sealed record Entry(Guid ChainId, long Sequence, byte[] Hash)
    {
        /// <summary>Whether this is the hash of the record at the end.</summary>
        public bool Matches(byte[] hash) => hash.AsSpan(0, HashLength).SequenceEqual(Hash);
    }
}
