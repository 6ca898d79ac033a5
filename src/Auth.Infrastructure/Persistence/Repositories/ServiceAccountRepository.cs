using Auth.Domain.Revocations;
using Auth.Domain.ServiceAccounts;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class ServiceAccountRepository(AppDbContext context, DeferredCommands statements)
    : IServiceAccountRepository
{
    public async Task<IReadOnlyList<ServiceAccount>> ListAsync(CancellationToken cancellationToken) =>
        await context
            .ServiceAccounts.AsNoTracking()
            .Include(account => account.Roles)
            .OrderBy(account => account.NormalizedName)
            .ToListAsync(cancellationToken);

    public Task<ServiceAccount?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        context
            .ServiceAccounts.Include(account => account.Roles)
            .Include(account => account.Secrets)
            .AsSingleQuery() // a few roles times two secrets
            .SingleOrDefaultAsync(account => account.Id == id, cancellationToken);

    public Task<bool> IsNameTakenAsync(string normalizedName, Guid? exceptId, CancellationToken cancellationToken) =>
        context.ServiceAccounts.AnyAsync(
            account => account.NormalizedName == normalizedName && account.Id != exceptId,
            cancellationToken
        );

    public Task<ServiceToken?> FindTokenAsync(Guid id, CancellationToken cancellationToken) =>
        context.ServiceTokens.SingleOrDefaultAsync(token => token.Id == id, cancellationToken);

    public void Add(ServiceAccount account) => context.ServiceAccounts.Add(account);

    public void Add(ServiceToken token) => context.ServiceTokens.Add(token);

    public void Lock(ServiceAccount account) =>
        statements.Add(cancellationToken => LockAsync(account.Id, cancellationToken));

    public void Remove(ServiceAccount account) => context.ServiceAccounts.Remove(account);

    public void RemoveSecret(ServiceSecret secret, DateTimeOffset now) =>
        statements.Add(cancellationToken => RemoveSecretAsync(secret, now, cancellationToken));

    public void Remove(ServiceToken token) => context.ServiceTokens.Remove(token);

    private async Task RemoveSecretAsync(ServiceSecret secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await LockAsync(secret.AccountId, cancellationToken); // see IServiceAccountRepository.Lock

        // This waits for tokens that are being issued, whose foreign key locks the secret, and lets no other one in. The tokens
        // remain, without a secret, and are now all visible.
        await context.ServiceSecrets.Where(stored => stored.Id == secret.Id).ExecuteDeleteAsync(cancellationToken);
        var orphans = context.ServiceTokens.Where(token =>
            token.AccountId == secret.AccountId && token.SecretId == null
        );
        var ids = await orphans.Select(token => token.Id).ToListAsync(cancellationToken);
        await orphans.ExecuteDeleteAsync(cancellationToken);

        // If the connection was lost, this runs again.
        var known = context.ListTracked<Revocation>().Select(entry => entry.Entity.SubjectId).ToHashSet();
        context.Revocations.AddRange(
            ids.Where(id => !known.Contains(id))
                .Select(id => Revocation.OfSession(id, RevocationReasons.SecretRemoved, now))
        );
    }

    private Task<int> LockAsync(Guid accountId, CancellationToken cancellationToken) =>
        context
            .ServiceAccounts.Where(account => account.Id == accountId)
            .ExecuteUpdateAsync(
                update => update.SetProperty(account => account.TokenVersion, account => account.TokenVersion),
                cancellationToken
            );
}
