using Auth.Infrastructure.Background;
using Auth.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Infrastructure;

/// <summary>What has to be done before the service can answer.</summary>
public static class Startup
{
    /// <summary>Brings the database up to date and reads from it what is kept in memory.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// The master keys are not those that the signing keys in the database are encrypted under.
    /// </exception>
    public static async Task InitializeInfrastructureAsync(
        this IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseInitializer>().InitializeAsync(cancellationToken);
        await services.GetRequiredService<SigningKeyFeed>().StartKeysAsync(cancellationToken);
        await services.GetRequiredService<RevocationFeed>().LoadAsync(cancellationToken);
    }
}
