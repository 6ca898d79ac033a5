using Auth.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// What all refreshes of a moment ask of the database, together: one query finds their sessions, one statement stores
/// their rotations. Both take about as long for many as for one.
/// </summary>
internal sealed class RefreshBatches
{
    /// <summary>How many go together at the most.</summary>
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
        using var lease = await _gate.EnterAsync(CancellationToken.None);
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var stored = await _engine.StoreRotationsAsync(context, rotations);
        return [.. rotations.Select(rotation => stored.Contains(rotation.Session.Id))];
    }
}

/// <summary>A session that has been rotated, and the generation it was read at.</summary>
internal readonly record struct StoredRotation(Session Session, int ReadGeneration);
