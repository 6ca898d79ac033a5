namespace Auth.Application.Abstractions;

/// <summary>All changes of one command: stored together or not at all.</summary>
public interface IUnitOfWork
{
    /// <summary>
    /// Stores the changes. Where that fails because of what somebody else has stored since they were read, the pipeline
    /// runs the command again (<see cref="IsLostRace"/>).
    /// </summary>
    Task SaveChangesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether a failure says that the database refused a write because of what somebody else wrote since the data was
    /// read: a unique key, a foreign key or the version of a row.
    /// </summary>
    bool IsLostRace(Exception failure);

    /// <summary>Forgets the changes and all that was read.</summary>
    void Discard();
}
