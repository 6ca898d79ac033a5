namespace Auth.Application.Abstractions;

/// <summary>The changes of one command, which are saved together or not at all.</summary>
public interface IUnitOfWork
{
    /// <summary>
    /// Saves the changes. If a concurrent request has changed the data since it was read, this fails and the command
    /// is retried (<see cref="ConflictRetries"/>).
    /// </summary>
    Task SaveChangesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether the database rejected a write because of what another request has written since the data was read: a unique
    /// key, a foreign key or the version of a row.
    /// </summary>
    bool IsLostRace(Exception failure);

    /// <summary>Discards the changes and everything that was read.</summary>
    void Discard();
}
