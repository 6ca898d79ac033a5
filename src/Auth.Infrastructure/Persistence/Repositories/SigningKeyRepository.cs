using Auth.Domain.Keys;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class SigningKeyRepository(AppDbContext context) : ISigningKeyRepository
{
    public async Task<IReadOnlyList<SigningKey>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.SigningKeys.AcceptedAt(now).OrderBy(key => key.Ordinal).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<SigningKey>> ListRevokedAsync(
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) =>
        await context
            .SigningKeys.AsNoTracking()
            .Where(key => key.RemovedAt > since && key.RemovedAt <= key.RetiresAt) // SigningKey.IsRevoked
            .OrderBy(key => key.Ordinal)
            .ToListAsync(cancellationToken);

    public void Add(SigningKey key) => context.SigningKeys.Add(key);
}

internal static class SigningKeyFilter
{
    /// <summary>Filters the keys that verify at an instant or later (<see cref="SigningKey.VerifiesAt"/>).</summary>
    public static IQueryable<SigningKey> AcceptedAt(this IQueryable<SigningKey> keys, DateTimeOffset now) =>
        keys.Where(key => key.RemovedAt == null || (key.RemovedAt > now && key.RemovedAt > key.RetiresAt));
}
