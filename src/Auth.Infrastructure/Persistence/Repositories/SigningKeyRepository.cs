using Auth.Domain.Keys;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Repositories;

internal sealed class SigningKeyRepository(AppDbContext context) : ISigningKeyRepository
{
    public async Task<IReadOnlyList<SigningKey>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await context
            .SigningKeys.Where(key => key.RemovedAt == null || key.RemovedAt > now)
            .OrderBy(key => key.Ordinal)
            .ToListAsync(cancellationToken);

    public void Add(SigningKey key) => context.SigningKeys.Add(key);
}
