using Auth.Infrastructure.Background;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Diagnostics;
using Auth.Infrastructure.Security.Passwords;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Infrastructure;

/// <summary>What has to be done before the service can answer.</summary>
public static class Startup
{
    /// <summary>Brings the database up to date and reads from it what is kept in memory.</summary>
    /// <exception cref="PendingMigrationsException">The schema is too old, and is not to be changed at start.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// The master keys are not those that the signing keys in the database are encrypted under, or bcrypt does not compute
    /// what it should.
    /// </exception>
    public static async Task InitializeInfrastructureAsync(
        this IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        BcryptSelfTest.Run();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseInitializer>().InitializeAsync(cancellationToken);
        await services.GetRequiredService<SigningKeyPoller>().StartKeysAsync(cancellationToken);
        await services.GetRequiredService<RevocationPoller>().LoadAsync(cancellationToken);
    }

    /// <summary>Brings the schema up to date, whether that is done at start or not.</summary>
    /// <returns>The migrations that were pending.</returns>
    public static async Task<IReadOnlyList<string>> MigrateDatabaseAsync(
        this IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DatabaseInitializer>().MigrateAsync(cancellationToken);
    }

    /// <summary>Looks for what is wrong with the database and with the keys in it, and changes nothing.</summary>
    public static async Task<IReadOnlyList<DiagnosticResult>> DiagnoseAsync(
        this IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DatabaseDiagnostics>().RunAsync(cancellationToken);
    }
}
