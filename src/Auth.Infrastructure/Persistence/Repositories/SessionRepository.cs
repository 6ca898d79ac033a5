using Auth.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class SessionRepository(
    AppDbContext context,
    CompiledQueries queries,
    RefreshBatches refreshes,
    WriteGate gate
) : ISessionRepository
{
    public Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        queries.FindSession(context, id, cancellationToken);

    public async Task<Rotation?> TryRotateAsync(
        Guid id,
        Func<Session, Rotation?> decide,
        int maxReplays,
        CancellationToken cancellationToken
    )
    {
        if (await refreshes.FindAsync(id, cancellationToken) is not { } session)
        {
            return null;
        }

        var readGeneration = session.Generation;
        var rotation = decide(session);
        var isStored = rotation switch
        {
            Rotation.Rotated => await refreshes.TryStoreAsync(session, readGeneration, cancellationToken),
            Rotation.Replayed => await TryCountReplayAsync(session, maxReplays, cancellationToken),
            _ => true,
        };
        return isStored
            ? rotation
            : throw new DbUpdateConcurrencyException("The session was rotated by another request.");
    }

    public async Task<IReadOnlyList<Session>> ListAliveAsync(
        Guid userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await context
            .Sessions.Include(session => session.User)
            .Where(session =>
                session.UserId == userId
                && session.EndedAt == null
                && session.ExpiresAt > now
                && session.SessionVersion == session.User.SessionVersion
            )
            .OrderBy(session => session.CreatedAt)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<Session>> ListAllAsync(Guid userId, CancellationToken cancellationToken) =>
        await context
            .Sessions.AsNoTracking()
            .Where(session => session.UserId == userId)
            .OrderBy(session => session.CreatedAt)
            .ThenBy(session => session.Id)
            .ToListAsync(cancellationToken);

    public void Add(Session session) => context.Sessions.Add(session);

    // The database counts, so that concurrent replays are all counted.
    private async Task<bool> TryCountReplayAsync(Session session, int limit, CancellationToken cancellationToken)
    {
        using var lease = await gate.EnterAsync(cancellationToken);
        return await context
                .Sessions.Where(stored =>
                    stored.Id == session.Id
                    && stored.Generation == session.Generation
                    && stored.EndedAt == null
                    && stored.Replays < limit
                )
                .ExecuteUpdateAsync(
                    update => update.SetProperty(stored => stored.Replays, stored => stored.Replays + 1),
                    cancellationToken
                ) == 1;
    }
}
