using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Auth.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Audit;

/// <summary>
/// The chains that this instance appends to. Each save leases one exclusively, so that concurrent saves wait for each
/// other neither here nor in the database; instances do not share chains either.
/// </summary>
internal sealed class AuditChains(AuditHasher hasher, TimeProvider clock, Meter meter) : IDisposable
{
    private const int MaxChains = 16;

    /// <summary>How long a chain must be unused before another instance may take it over.</summary>
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(10);

    private readonly Counter<long> _events = meter.CreateCounter<long>(
        "auth.events",
        "{event}",
        "Events recorded in the audit log, by type."
    );
    private readonly SemaphoreSlim _free = new(MaxChains);

    /// <summary>The most recently used chain first, so that no more chains stay in use than necessary.</summary>
    private readonly ConcurrentStack<End> _idle = new();
    private readonly ConcurrentDictionary<Guid, End> _known = new();

    /// <summary>Links new records to a chain, which is leased exclusively until the result is disposed.</summary>
    /// <returns>Null if there are no new records.</returns>
    /// <exception cref="TimeoutException">All chains stayed in use by other saves.</exception>
    public async ValueTask<Lease?> LinkAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var records = context
            .ListTracked<AuditRecord>()
            .Where(entry => entry.State == EntityState.Added)
            .Select(entry => entry.Entity)
            .OrderBy(record => record.Id)
            .ToList();
        if (records.Count == 0)
        {
            return null;
        }

        if (!await _free.WaitAsync(DatabaseTimeouts.Lease, cancellationToken))
        {
            throw new TimeoutException("Timed out waiting for earlier saves to finish.");
        }

        try
        {
            var chain = await FindAsync(context, cancellationToken);
            return new Lease(this, context, chain, Extend(chain, records), records);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    public void Dispose() => _free.Dispose();

    private async Task<AuditChain> FindAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        while (_idle.TryPop(out var end))
        {
            if (end.LeasedUntil > now)
            {
                return Track(context, AuditChain.At(end.ChainId, end.Sequence, end.Hash));
            }

            // Another instance may have taken the chain over.
            _known.TryRemove(end.ChainId, out _);
        }

        // Takes over an abandoned chain before starting yet another one.
        var left = await context
            .AuditChains.AsNoTracking()
            .Where(chain => chain.LeasedUntil < now)
            .OrderBy(chain => chain.LeasedUntil)
            .Select(chain => new End(chain.Id, chain.Sequence, chain.Hash, chain.LeasedUntil))
            .FirstOrDefaultAsync(cancellationToken);
        if (left is not null && _known.TryAdd(left.ChainId, left))
        {
            return Track(context, AuditChain.At(left.ChainId, left.Sequence, left.Hash));
        }

        var started = AuditChain.Start(hasher, now);
        context.Add(started);
        return started;
    }

    private static AuditChain Track(AppDbContext context, AuditChain chain)
    {
        context.Attach(chain);
        return chain;
    }

    /// <returns>The previous end of the chain.</returns>
    private End Extend(AuditChain chain, List<AuditRecord> records)
    {
        var before = new End(chain.Id, chain.Sequence, chain.Hash, clock.GetUtcNow() + s_lease);
        var (sequence, hash) = (chain.Sequence, chain.Hash);
        foreach (var record in records)
        {
            record.Place(chain.Id, ++sequence);
            hasher.SealPersonalData(record);
            hash = hasher.Hash(record, hash);
            record.Seal(hash);
        }

        chain.Extend(sequence, hash, hasher.SealEnd(chain.Id, sequence, hash), before.LeasedUntil);
        return before;
    }

    private void Return(End? end, Guid chainId)
    {
        if (end is null)
        {
            _known.TryRemove(chainId, out _);
        }
        else
        {
            _known[chainId] = end;
            _idle.Push(end);
        }

        _free.Release();
    }

    /// <summary>The end of a chain, as far as this instance knows.</summary>
    internal sealed record End(Guid ChainId, long Sequence, byte[] Hash, DateTimeOffset LeasedUntil);

    /// <summary>The exclusive use of a chain for one save.</summary>
    internal sealed class Lease(
        AuditChains chains,
        AppDbContext context,
        AuditChain chain,
        End before,
        IReadOnlyList<AuditRecord> records
    ) : IDisposable
    {
        /// <summary>Null while the outcome of the save is unknown: the chain is then read again before its next use.</summary>
        private End? _end;

        /// <summary>
        /// Checks whether the records were committed, after the connection was lost during the commit. Records and changes are
        /// saved in one transaction, so this tells whether all of it was committed.
        /// </summary>
        public Task<bool> IsStoredAsync(CancellationToken cancellationToken) =>
            context.AuditRecords.AnyAsync(
                record => record.ChainId == chain.Id && record.Sequence == chain.Sequence && record.Hash == chain.Hash,
                cancellationToken
            );

        /// <summary>Marks the records as stored.</summary>
        public void MarkStored()
        {
            _end = before with { Sequence = chain.Sequence, Hash = chain.Hash };
            foreach (var record in records)
            {
                chains._events.Add(1, new KeyValuePair<string, object?>("auth.event.type", record.Type));
            }
        }

        /// <summary>Marks the save as failed. The chain is unchanged unless it was the cause.</summary>
        public void MarkFailed(DbUpdateException failure)
        {
            var isNew = before.Sequence == 0;
            if (!isNew && !IsChainConflict(failure))
            {
                _end = before;
            }
        }

        // Another instance has appended to the chain: the concurrency check of its end fails, or the unique index of its records.
        // Other lost races must not cost a chain, or each of them would start a new one.
        private static bool IsChainConflict(DbUpdateException failure) =>
            failure is DbUpdateConcurrencyException
                ? failure.Entries.Any(entry => entry.Entity is AuditChain)
                : failure
                    .GetBaseException()
                    .Message.Contains(nameof(AppDbContext.AuditRecords), StringComparison.Ordinal);

        public void Dispose()
        {
            context.Entry(chain).State = EntityState.Detached;
            chains.Return(_end, chain.Id);
        }
    }
}
