namespace Auth.Domain.Users;

/// <summary>The accounts. Users come with their roles.</summary>
public interface IUserRepository
{
    /// <summary>Finds the user with an id.</summary>
    Task<User?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Finds the user with an e-mail address.</summary>
    Task<User?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken);

    /// <summary>Finds out which of a list of addresses belong to users.</summary>
    /// <returns>The users' ids by the normalised text of the address.</returns>
    Task<IReadOnlyDictionary<string, Guid>> ListTakenAsync(
        IReadOnlyCollection<EmailAddress> addresses,
        CancellationToken cancellationToken
    );

    /// <summary>Finds out which of a list of ids belong to users.</summary>
    Task<IReadOnlySet<Guid>> ListTakenAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Whether there is an active administrator other than this user.</summary>
    Task<bool> AnyOtherActiveAdministratorAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the sessions of all users with the next save, access tokens included, in a few statements however many there
    /// are. Concurrent sign-ins end with them.
    /// </summary>
    /// <param name="alsoOfAdministrators">Whether those of administrators end as well.</param>
    /// <param name="reason">Why; one of <see cref="Revocations.RevocationReasons"/>.</param>
    /// <param name="now">The current time.</param>
    void EndAllSessions(bool alsoOfAdministrators, string reason, DateTimeOffset now);

    /// <summary>Adds a user.</summary>
    void Add(User user);

    /// <summary>Removes a user and everything that belongs to them.</summary>
    void Remove(User user);
}
