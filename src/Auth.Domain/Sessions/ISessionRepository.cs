namespace Auth.Domain.Sessions;

/// <summary>The sessions.</summary>
public interface ISessionRepository
{
    /// <summary>Finds the session with an id, together with its user and the user's roles.</summary>
    Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Finds a session as <see cref="FindAsync"/> does, to be rotated: its changes are stored by
    /// <see cref="TryStoreRotationAsync"/>, and not with the unit of work.
    /// </summary>
    Task<Session?> FindToRotateAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a rotation at once, if the session is still at the generation it was read at and nobody has ended it.
    /// </summary>
    /// <returns>Whether it is stored; if not, the session has moved on since it was read.</returns>
    Task<bool> TryStoreRotationAsync(Session session, int readGeneration, CancellationToken cancellationToken);

    /// <summary>The sessions of a user that have neither been ended nor expired, oldest first.</summary>
    Task<IReadOnlyList<Session>> ListAliveAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>All sessions of a user that are still stored, also those that have ended, oldest first.</summary>
    Task<IReadOnlyList<Session>> ListAllAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>
    /// Counts one answer to a rotated refresh token, at once and atomically, if the session is still at the generation it
    /// was read at, alive, and under the limit.
    /// </summary>
    /// <returns>Whether it was counted; if not, the session has moved on since it was read.</returns>
    Task<bool> TryCountReplayAsync(Session session, int limit, CancellationToken cancellationToken);

    /// <summary>Adds a session.</summary>
    void Add(Session session);
}
