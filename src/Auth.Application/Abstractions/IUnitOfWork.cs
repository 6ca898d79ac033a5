namespace Auth.Application.Abstractions;

/// <summary>All changes of one command: stored together or not at all.</summary>
public interface IUnitOfWork
{
    /// <summary>
    /// Stores the changes. Where that fails because of what another request has stored since they were read, the command
    /// is decided again (<see cref="ConflictRetries"/>).
    /// </summary>
    Task SaveChangesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether the database refused a write because of what another request has written since the data was read: a unique
    /// key, a foreign key or the version of a row.
    /// </summary>
    bool IsLostRace(Exception failure);

    /// <summary>Discards the changes and everything that was read.</summary>
    void Discard();
}
