using Auth.Infrastructure.Background;
using Auth.Infrastructure.Mail;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Diagnostics;
using Auth.Infrastructure.Security.Passwords;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Infrastructure;

/// <summary>Initializes the layer before the service accepts requests.</summary>
public static class Startup
{
    /// <summary>Migrates the database and loads keys and revocations into memory.</summary>
    /// <exception cref="PendingMigrationsException">Migrations are pending, and must not be applied at startup.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// The signing keys in the database cannot be decrypted with the configured master keys, or the bcrypt self-test failed.
    /// </exception>
    public static async Task InitializeInfrastructureAsync(
        this IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        BcryptSelfTest.Run();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseInitializer>().InitializeAsync(cancellationToken);
        await services.GetRequiredService<SigningKeyPoller>().InitializeAsync(cancellationToken);
        await services.GetRequiredService<RevocationPoller>().LoadAsync(cancellationToken);
    }

    /// <summary>Migrates the database, whether or not that happens at startup.</summary>
    /// <returns>The migrations that were applied.</returns>
    public static async Task<IReadOnlyList<string>> MigrateDatabaseAsync(
        this IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DatabaseInitializer>().MigrateAsync(cancellationToken);
    }

    /// <summary>Checks the database and the keys in it without changing anything.</summary>
    public static async Task<IReadOnlyList<DiagnosticResult>> DiagnoseAsync(
        this IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DatabaseDiagnostics>().RunAsync(cancellationToken);
    }

    /// <summary>Checks that mail can be sent.</summary>
    /// <param name="services">The services.</param>
    /// <param name="receiver">The address for a test mail; null to send none.</param>
    /// <param name="cancellationToken">Cancels the checks.</param>
    public static Task<IReadOnlyList<DiagnosticResult>> DiagnoseMailAsync(
        this IServiceProvider services,
        string? receiver,
        CancellationToken cancellationToken
    ) => services.GetRequiredService<MailDiagnostics>().RunAsync(receiver, cancellationToken);
}
