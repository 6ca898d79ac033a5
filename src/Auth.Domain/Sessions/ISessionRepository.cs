namespace Auth.Domain.Sessions;

/// <summary>The sessions.</summary>
public interface ISessionRepository
{
    /// <summary>Finds the session with an id, together with its user and the user's roles.</summary>
    Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a refresh token be decided on, and stores a rotation or a counted replay at once, outside of the unit of work:
    /// the row is changed only if the session is still at the generation it was read at and nobody has ended it. Where
    /// somebody else has moved it on, the pipeline runs the command again.
    /// </summary>
    /// <param name="id">The session.</param>
    /// <param name="decide">
    /// Decides on a session that is the caller's alone, with its user and the user's roles. Null rejects the token, and
    /// nothing is stored; nor is anything for <see cref="Rotation.Ended"/> and <see cref="Rotation.Reused"/>.
    /// </param>
    /// <param name="maxReplays">How many replays a session may answer between two rotations.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>What was decided; null if there is no such session, or the token was rejected.</returns>
    Task<Rotation?> TryRotateAsync(
        Guid id,
        Func<Session, Rotation?> decide,
        int maxReplays,
        CancellationToken cancellationToken
    );

    /// <summary>The sessions of a user that have neither been ended nor expired, oldest first.</summary>
    Task<IReadOnlyList<Session>> ListAliveAsync(Guid userId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>All sessions of a user that are still stored, also those that have ended, oldest first.</summary>
    Task<IReadOnlyList<Session>> ListAllAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Adds a session.</summary>
    void Add(Session session);
}
