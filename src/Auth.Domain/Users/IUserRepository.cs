namespace Auth.Domain.Users;

/// <summary>The users, loaded with their roles.</summary>
public interface IUserRepository
{
    /// <summary>Finds a user by id.</summary>
    Task<User?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Finds the user or the service account that sent a command, and what they may do.</summary>
    Task<Actor?> FindActorAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Finds a user by e-mail address.</summary>
    Task<User?> FindByEmailAsync(EmailAddress email, CancellationToken cancellationToken);

    /// <summary>Finds the users with one of a list of addresses.</summary>
    /// <returns>The users' ids by normalized address.</returns>
    Task<IReadOnlyDictionary<string, Guid>> ListTakenAsync(
        IReadOnlyCollection<EmailAddress> addresses,
        CancellationToken cancellationToken
    );

    /// <summary>Finds the ids of a list that belong to users.</summary>
    Task<IReadOnlySet<Guid>> ListTakenAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Whether there is an active administrator besides this user.</summary>
    Task<bool> AnyOtherActiveAdministratorAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the sessions of all users and revokes their access tokens with the next save, in a few statements however many there
    /// are. Concurrent sign-ins end with them.
    /// </summary>
    /// <param name="alsoOfAdministrators">Whether to end those of administrators as well.</param>
    /// <param name="reason">The reason; one of <see cref="Revocations.RevocationReasons"/>.</param>
    /// <param name="now">The current time.</param>
    void EndAllSessions(bool alsoOfAdministrators, string reason, DateTimeOffset now);

    /// <summary>Adds a user.</summary>
    void Add(User user);

    /// <summary>Removes a user and all of their data.</summary>
    void Remove(User user);
}
