using Auth.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// What all refreshes of a moment ask of the database, together: one query finds their sessions, one transaction stores
/// their rotations. Both take about as long for many as for one.
/// </summary>
internal sealed class RefreshBatches
{
    /// <summary>How many go together at the most.</summary>
    public const int MaxSize = Batcher<Guid, StoredRotation, bool>.MaxSize;

    private readonly IServiceScopeFactory _scopes;
    private readonly WriteGate _gate;
    private readonly Batcher<Guid, Guid, Session?> _reads;
    private readonly Batcher<Guid, StoredRotation, bool> _rotations;

    public RefreshBatches(IServiceScopeFactory scopes, WriteGate gate, TimeProvider clock)
    {
        (_scopes, _gate) = (scopes, gate);
        _reads = new(id => id, FindAsync, clock);
        _rotations = new(rotation => rotation.Session.Id, StoreAsync, clock);
    }

    /// <summary>Finds a session with its user and their roles. It is the caller's alone, and tracked by nobody.</summary>
    public Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        _reads.RunAsync(id, cancellationToken);

    /// <summary>Stores a rotation, if the session is still at the generation it was read at and nobody has ended it.</summary>
    public Task<bool> TryStoreAsync(Session session, int readGeneration, CancellationToken cancellationToken) =>
        _rotations.RunAsync(new(session, readGeneration), cancellationToken);

    private async Task<IReadOnlyList<Session?>> FindAsync(IReadOnlyList<Guid> ids)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var sessions = await context
            .Sessions.AsNoTracking()
            .Include(session => session.User)
                .ThenInclude(user => user.Roles)
            .Where(session => EF.Parameter(ids).Contains(session.Id))
            .ToDictionaryAsync(session => session.Id);
        return [.. ids.Select(id => sessions.GetValueOrDefault(id))];
    }

    private async Task<IReadOnlyList<bool>> StoreAsync(IReadOnlyList<StoredRotation> rotations)
    {
        // One that has lost a race takes the whole transaction with it: the others go again without it.
        List<StoredRotation> winners = [.. rotations];
        while (await TryStoreAllAsync(winners) is { Count: > 0 } losers)
        {
            winners.RemoveAll(rotation => losers.Contains(rotation.Session));
        }

        return [.. rotations.Select(winners.Contains)];
    }

    /// <returns>Those who have lost a race, and because of whom nothing is stored; none if all are.</returns>
    private async Task<IReadOnlyList<object>> TryStoreAllAsync(IReadOnlyList<StoredRotation> rotations)
    {
        using var lease = await _gate.EnterAsync(CancellationToken.None);
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();

        // Which columns change is known, and neither the user nor the roles are to be looked at.
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var (session, readGeneration) in rotations)
        {
            var row = context.Entry(session);
            row.State = EntityState.Unchanged;
            row.Property(stored => stored.Generation).OriginalValue = readGeneration;
            row.Property(stored => stored.Generation).IsModified = true;
            row.Property(stored => stored.GraceStartedAt).IsModified = true;
            row.Property(stored => stored.GraceFloor).IsModified = true;
            row.Property(stored => stored.PreviousGraceFloor).IsModified = true;
            row.Property(stored => stored.Replays).IsModified = true;
            row.Property(stored => stored.RotatedAt).IsModified = true;
            row.Property(stored => stored.ExpiresAt).IsModified = true;
            row.Property(stored => stored.IpAddress).IsModified = true;
            row.Property(stored => stored.UserAgent).IsModified = true;
        }

        try
        {
            await context.SaveChangesAsync();
            return [];
        }
        catch (DbUpdateConcurrencyException conflict) when (conflict.Entries.Count > 0)
        {
            return [.. conflict.Entries.Select(row => row.Entity)];
        }
    }

    /// <summary>A session that has been rotated, and the generation it was read at.</summary>
    private readonly record struct StoredRotation(Session Session, int ReadGeneration);
}
