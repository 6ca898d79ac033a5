using Auth.Application.Abstractions;
using Auth.Domain.Keys;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>Keeps the keys in memory in step with the database, and makes the first one of an empty database.</summary>
internal sealed class SigningKeys(
    ISigningKeyRepository repository,
    SigningKeyFactory factory,
    SigningKeyRing ring,
    JwtOptions options,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Reads the keys; of several instances that find none, one makes the first.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (options.Algorithm == SigningAlgorithms.HS256)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var keys = await repository.ListAsync(now, cancellationToken);
        if (keys.Count == 0)
        {
            repository.Add(factory.Create(ordinal: 1, options.Algorithm, now, activatesAt: now));
            await unitOfWork.TrySaveChangesAsync(cancellationToken);
            keys = await repository.ListAsync(now, cancellationToken);
        }

        ring.Load(keys);
    }
}
