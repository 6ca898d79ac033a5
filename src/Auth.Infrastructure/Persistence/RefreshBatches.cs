using Auth.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Batches concurrent refreshes: one query reads their sessions, and one statement stores their rotations. Either takes
/// about as long for many as for one.
/// </summary>
internal sealed class RefreshBatches
{
    /// <summary>The maximum size of a batch.</summary>
    public const int MaxSize = Batcher<Guid, StoredRotation, bool>.MaxSize;

    private readonly IServiceScopeFactory _scopes;
    private readonly DatabaseEngine _engine;
    private readonly WriteGate _gate;
    private readonly Batcher<Guid, Guid, Session?> _reads;
    private readonly Batcher<Guid, StoredRotation, bool> _rotations;

    public RefreshBatches(IServiceScopeFactory scopes, DatabaseEngine engine, WriteGate gate, TimeProvider clock)
    {
        (_scopes, _engine, _gate) = (scopes, engine, gate);
        _reads = new(id => id, FindAsync, clock);
        _rotations = new(rotation => rotation.Session.Id, StoreAsync, clock);
    }

    /// <summary>Finds a session with its user and their roles; the result is untracked and not shared.</summary>
    public Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        _reads.RunAsync(id, cancellationToken);

    /// <summary>Stores a rotation, unless the session has been rotated or ended since it was read.</summary>
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
        using var lease = await _gate.EnterAsync(CancellationToken.None);
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var stored = await _engine.StoreRotationsAsync(context, rotations);
        return [.. rotations.Select(rotation => stored.Contains(rotation.Session.Id))];
    }
}

/// <summary>A rotated session, and the generation at which it was read.</summary>
internal readonly record struct StoredRotation(Session Session, int ReadGeneration);
