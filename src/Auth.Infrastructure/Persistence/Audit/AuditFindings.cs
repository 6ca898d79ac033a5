using Auth.Domain.Audit;

namespace Auth.Infrastructure.Persistence.Audit;

/// <summary>The result of verifying the audit log, as far as it has been read.</summary>
internal sealed class AuditFindings
{
    public List<string> Faults { get; } = [];

    public long Records { get; set; }

    public HashSet<Guid> Deleted { get; } = [];

    public Dictionary<Guid, AuditRecord> Erased { get; } = [];

    public void Add(string fault) => Faults.Add(fault);

    public void Merge(AuditFindings other)
    {
        Faults.AddRange(other.Faults);
        Records += other.Records;
        Deleted.UnionWith(other.Deleted);
        foreach (var (subject, record) in other.Erased)
        {
            Erased.TryAdd(subject, record);
        }
    }

    /// <summary>Finds chains of an earlier checkpoint that are missing.</summary>
    public void CompareChains(IEnumerable<AuditChain> chains, AuditCheckpoint? checkpoint)
    {
        var known = chains.Select(chain => chain.Id).ToHashSet();
        foreach (var entry in (checkpoint?.Entries ?? []).Where(entry => !known.Contains(entry.ChainId)))
        {
            Add($"Chain {entry.ChainId}: the whole chain is missing since the checkpoint.");
        }
    }

    /// <summary>Checks that only the data of deleted users was erased.</summary>
    public void CompareErasures()
    {
        foreach (var (_, record) in Erased.Where(erased => !Deleted.Contains(erased.Key)))
        {
            Add(
                $"Chain {record.ChainId}: address and user agent of record {record.Sequence} ({record.Id}) were"
                    + " erased, but no record shows that the user was deleted."
            );
        }
    }
}
