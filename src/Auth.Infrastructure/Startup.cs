using Auth.Infrastructure.Background;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Security.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Infrastructure;

/// <summary>What has to be done before the service can answer.</summary>
public static class Startup
{
    /// <summary>Brings the database up to date and reads from it what is kept in memory.</summary>
    public static async Task InitializeInfrastructureAsync(
        this IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseInitializer>().InitializeAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<SigningKeys>().LoadAsync(cancellationToken);
        await services.GetRequiredService<RevocationFeed>().LoadAsync(cancellationToken);
    }
}
