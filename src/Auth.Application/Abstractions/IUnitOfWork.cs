namespace Auth.Application.Abstractions;

/// <summary>All changes of one command: stored together or not at all.</summary>
public interface IUnitOfWork
{
    /// <summary>Stores the changes.</summary>
    /// <exception cref="ConflictException">The database refused them because of a rule that two requests raced for.</exception>
    Task SaveChangesAsync(CancellationToken cancellationToken);

    /// <summary>Stores the changes, or forgets them all because what they rest on was changed since it was read.</summary>
    /// <returns>Whether they were stored.</returns>
    Task<bool> TrySaveChangesAsync(CancellationToken cancellationToken);

    /// <summary>Forgets the changes and all that was read.</summary>
    void Discard();
}
