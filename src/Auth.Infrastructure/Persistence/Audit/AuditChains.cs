using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Auth.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Audit;

/// <summary>
/// The chains that this instance adds to. A save has one for itself, so that saves at the same time do not wait for each
/// other, neither here nor in the database; instances do not share chains either.
/// </summary>
internal sealed class AuditChains(AuditHasher hasher, TimeProvider clock, Meter meter) : IDisposable
{
    private const int MaxChains = 16;

    /// <summary>After which time another instance may go on with a chain that is not used.</summary>
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(10);

    private readonly Counter<long> _events = meter.CreateCounter<long>(
        "auth.events",
        "{event}",
        "What was recorded in the audit log, by type."
    );
    private readonly SemaphoreSlim _free = new(MaxChains);

    /// <summary>The one used last comes first, so that no more chains are kept busy than are needed.</summary>
    private readonly ConcurrentStack<End> _idle = new();
    private readonly ConcurrentDictionary<Guid, End> _known = new();

    /// <summary>Makes new records links of a chain, which is then this save's alone until the answer is disposed.</summary>
    /// <returns>Null if there are no new records.</returns>
    /// <exception cref="TimeoutException">The database does not come to an end with other saves.</exception>
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
            throw new TimeoutException("The saves before this one do not come to an end.");
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

            // Another instance may have gone on with it.
            _known.TryRemove(end.ChainId, out _);
        }

        // One that nobody uses any more, before there is yet another one.
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

    /// <returns>The end of the chain before.</returns>
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

    /// <summary>Where a chain ends, as far as this instance knows.</summary>
    internal sealed record End(Guid ChainId, long Sequence, byte[] Hash, DateTimeOffset LeasedUntil);

    /// <summary>A chain for one save.</summary>
    internal sealed class Lease(
        AuditChains chains,
        AppDbContext context,
        AuditChain chain,
        End before,
        IReadOnlyList<AuditRecord> records
    ) : IDisposable
    {
        /// <summary>Unless it is told otherwise, nobody knows what became of the chain: it is looked at again later.</summary>
        private End? _end;

        /// <summary>
        /// Asks the database whether the records are stored: after a connection was lost on the way to a commit, nobody
        /// else knows. With them everything is that was saved together with them.
        /// </summary>
        public Task<bool> IsStoredAsync(CancellationToken cancellationToken) =>
            context.AuditRecords.AnyAsync(
                record => record.ChainId == chain.Id && record.Sequence == chain.Sequence && record.Hash == chain.Hash,
                cancellationToken
            );

        /// <summary>Notes that the records were stored.</summary>
        public void Stored()
        {
            _end = before with { Sequence = chain.Sequence, Hash = chain.Hash };
            foreach (var record in records)
            {
                chains._events.Add(1, new KeyValuePair<string, object?>("auth.event.type", record.Type));
            }
        }

        /// <summary>Notes that the database refused the save: unless because of the chain, it is as it was.</summary>
        public void Refused(DbUpdateException failure)
        {
            var isNew = before.Sequence == 0;
            if (!isNew && !IsAboutTheChain(failure))
            {
                _end = before;
            }
        }

        // Another instance has gone on with it: the database says so about its end, or else about a record behind it. A
        // lost race about something else must not cost a chain, or there would soon be as many as lost races.
        private static bool IsAboutTheChain(DbUpdateException failure) =>
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
