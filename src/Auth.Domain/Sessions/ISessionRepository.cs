namespace Auth.Domain.Sessions;

/// <summary>The sessions.</summary>
public interface ISessionRepository
{
    /// <summary>Finds a session by id, together with its user and the user's roles.</summary>
    Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Decides on a refresh token, and stores a rotation or a counted replay immediately, outside the unit of work:
    /// the row is changed only if the session still has the generation that was read and has not been ended. If
    /// another request was faster, the pipeline retries the command.
    /// </summary>
    /// <param name="id">The session's id.</param>
    /// <param name="decide">
    /// Decides on an unshared session with its user and the user's roles. Null rejects the token, and
    /// nothing is stored, as for <see cref="Rotation.Ended"/> and <see cref="Rotation.Reused"/>.
    /// </param>
    /// <param name="maxReplays">The maximum number of replays between two rotations.</param>
    /// <returns>The decision; null if there is no such session, or the token was rejected.</returns>
    Task<Rotation?> TryRotateAsync(
        Guid id,
        Func<Session, Rotation?> decide,
        int maxReplays,
        CancellationToken cancellationToken
    );

    /// <summary>Returns the active sessions of a user, oldest first.</summary>
    Task<IReadOnlyList<Session>> ListAliveAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Returns all stored sessions of a user, including those that have ended, oldest first.</summary>
    Task<IReadOnlyList<Session>> ListAllAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Adds a session.</summary>
    void Add(Session session);
}
