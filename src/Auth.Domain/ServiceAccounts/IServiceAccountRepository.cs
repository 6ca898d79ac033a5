namespace Auth.Domain.ServiceAccounts;

/// <summary>The service accounts, and their access tokens.</summary>
public interface IServiceAccountRepository
{
    /// <summary>All accounts with their roles, by name.</summary>
    Task<IReadOnlyList<ServiceAccount>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Finds an account with its roles and secrets.</summary>
    Task<ServiceAccount?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Whether another account has a name.</summary>
    /// <param name="normalizedName">The normalized name.</param>
    /// <param name="exceptId">The account that may have it; null for none.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<bool> IsNameTakenAsync(string normalizedName, Guid? exceptId, CancellationToken cancellationToken);

    /// <summary>Finds a token by its session (claim <c>sid</c>).</summary>
    Task<ServiceToken?> FindTokenAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Adds an account.</summary>
    void Add(ServiceAccount account);

    /// <summary>Adds a token. If its secret is removed at the same moment, saving fails.</summary>
    void Add(ServiceToken token);

    /// <summary>
    /// Locks an account with the next save, before its roles and secrets are changed. Requests for tokens do the same: otherwise
    /// they could deadlock.
    /// </summary>
    void Lock(ServiceAccount account);

    /// <summary>Removes an account with its roles and secrets. It has to be locked.</summary>
    void Remove(ServiceAccount account);

    /// <summary>
    /// Removes a secret with the next save and revokes all tokens that were issued for it, including ones that other requests
    /// are issuing at this moment.
    /// </summary>
    void RemoveSecret(ServiceSecret secret, DateTimeOffset now);

    /// <summary>Removes a token.</summary>
    void Remove(ServiceToken token);
}
