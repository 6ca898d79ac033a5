using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Audit;

/// <summary>Verifies every chain of the audit log. The service may keep writing meanwhile.</summary>
internal sealed class AuditVerifier(AppDbContext context, AuditHasher hasher, AuditOptions options, TimeProvider clock)
    : IAuditVerifier
{
    private const int BatchSize = 1000;
    private const int MaxFaults = 100;

    /// <summary>Allows for clock skew.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromDays(1);

    public async Task<AuditVerification> VerifyAsync(string? checkpoint, CancellationToken cancellationToken)
    {
        context.Database.SetCommandTimeout(DatabaseTimeouts.WholeTable);
        var findings = new AuditFindings();
        AuditCheckpoint? earlier = null;
        if (checkpoint is not null && !AuditCheckpoint.TryParse(checkpoint, hasher, out earlier))
        {
            findings.Add("The checkpoint is damaged, or was created with a master key that is no longer configured.");
        }

        var chains = await context.AuditChains.AsNoTracking().OrderBy(chain => chain.Id).ToListAsync(cancellationToken);
        foreach (var chain in chains)
        {
            findings.Merge(await VerifyUnlessMovedAsync(chain, earlier, cancellationToken));
        }

        await FindStrayRecordsAsync(findings, cancellationToken);
        findings.CompareChains(chains, earlier);
        findings.CompareErasures();
        return new AuditVerification(
            findings.Records,
            chains.Count,
            [.. findings.Faults.Take(MaxFaults)],
            AuditCheckpoint.From(chains).ToText(hasher)
        );
    }

    /// <summary>Verifies a chain again if its oldest records were removed, and its start moved, meanwhile.</summary>
    private async Task<AuditFindings> VerifyUnlessMovedAsync(
        AuditChain chain,
        AuditCheckpoint? checkpoint,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var findings = await VerifyChainAsync(chain, checkpoint, cancellationToken);
            var now = await context
                .AuditChains.AsNoTracking()
                .FirstOrDefaultAsync(other => other.Id == chain.Id, cancellationToken);
            if (findings.Faults.Count == 0 || now is null || now.RemovedSequence == chain.RemovedSequence)
            {
                return findings;
            }

            chain = now;
        }
    }

    private async Task<AuditFindings> VerifyChainAsync(
        AuditChain chain,
        AuditCheckpoint? checkpoint,
        CancellationToken cancellationToken
    )
    {
        var findings = new AuditFindings();
        if (!hasher.IsStartValid(chain))
        {
            findings.Add($"Chain {chain.Id}: its start was moved.");
        }

        if (!hasher.IsEndValid(chain))
        {
            findings.Add($"Chain {chain.Id}: its end was moved.");
        }

        var marks = (checkpoint?.Entries ?? [])
            .Where(entry => entry.ChainId == chain.Id && entry.Sequence > 0)
            .ToDictionary(entry => entry.Sequence);
        var sequence = chain.RemovedSequence;
        byte[]? previous = chain.RemovedHash;
        while (await ReadAsync(chain, sequence, cancellationToken) is { Count: > 0 } batch)
        {
            foreach (var record in batch)
            {
                if (record.Sequence != sequence + 1)
                {
                    findings.Add($"Chain {chain.Id}: {Range(sequence + 1, record.Sequence - 1)} missing.");
                    previous = null;
                }

                Check(record, previous, findings);
                if (marks.Remove(record.Sequence, out var mark) && !mark.Matches(record.Hash))
                {
                    findings.Add($"Chain {chain.Id}: record {record.Sequence} does not match the checkpoint.");
                }

                sequence = record.Sequence;
                previous = record.Hash;
            }
        }

        CompareEnd(chain, sequence, previous, findings);
        foreach (var mark in marks.Values.Where(mark => mark.Sequence > chain.Sequence))
        {
            findings.Add($"Chain {chain.Id}: {Range(chain.Sequence + 1, mark.Sequence)} missing since the checkpoint.");
        }

        return findings;
    }

    private static void CompareEnd(AuditChain chain, long sequence, byte[]? hash, AuditFindings findings)
    {
        if (sequence < chain.Sequence)
        {
            findings.Add($"Chain {chain.Id}: {Range(sequence + 1, chain.Sequence)} missing at the end.");
        }
        else if (hash is null || !hash.AsSpan().SequenceEqual(chain.Hash))
        {
            findings.Add($"Chain {chain.Id}: its last record does not match its end.");
        }
    }

    // In batches by the chain's index: with retries enabled, EF Core would buffer the whole result.
    private Task<List<AuditRecord>> ReadAsync(AuditChain chain, long after, CancellationToken cancellationToken) =>
        context
            .AuditRecords.AsNoTracking()
            .Where(record => record.ChainId == chain.Id && record.Sequence > after && record.Sequence <= chain.Sequence)
            .OrderBy(record => record.Sequence)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);

    private void Check(AuditRecord record, byte[]? previous, AuditFindings findings)
    {
        findings.Records++;
        // After a gap there is nothing to compare with; the gap itself is reported.
        if (previous is not null && !hasher.IsValid(record, previous))
        {
            findings.Add($"Chain {record.ChainId}: record {record.Sequence} ({record.Id}) was changed or replaced.");
        }

        if (record.Type == AuditTypes.UserDeleted && record.UserId is { } deleted)
        {
            findings.Deleted.Add(deleted);
        }

        var isErased =
            record is { PersonalDataHash: not null, PersonalDataSalt: null, IpAddress: null, UserAgent: null };
        if (isErased)
        {
            // The record of a deletion is newer than the records it erased, so it is removed after them.
            if (record.OccurredAt > clock.GetUtcNow() - options.Retention + s_margin)
            {
                findings.Erased.TryAdd(record.ActorId ?? record.UserId ?? Guid.Empty, record);
            }
        }
        else if (
            record.PersonalDataHash is null
                ? record.IpAddress is not null || record.UserAgent is not null
                : !hasher.IsPersonalDataValid(record)
        )
        {
            findings.Add(
                $"Chain {record.ChainId}: address or user agent of record {record.Sequence} ({record.Id}) was changed."
            );
        }
    }

    /// <summary>Finds records that belong to no chain, or lie outside the bounds of theirs.</summary>
    private async Task FindStrayRecordsAsync(AuditFindings findings, CancellationToken cancellationToken)
    {
        var stray = await context
            .AuditRecords.AsNoTracking()
            .Where(record =>
                !context.AuditChains.Any(chain =>
                    chain.Id == record.ChainId
                    && chain.RemovedSequence < record.Sequence
                    && record.Sequence <= chain.Sequence
                )
            )
            .OrderBy(record => record.Id)
            .Select(record => new { record.Id, record.ChainId })
            .Take(MaxFaults)
            .ToListAsync(cancellationToken);
        foreach (var record in stray)
        {
            findings.Add($"Chain {record.ChainId}: record {record.Id} was inserted.");
        }
    }

    private static string Range(long first, long last) =>
        first == last ? $"record {first} is" : $"records {first} to {last} are";
}
