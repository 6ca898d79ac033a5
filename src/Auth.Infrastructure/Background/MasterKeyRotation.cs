using Auth.Application.Abstractions;
using Auth.Domain.Keys;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Queries;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Re-encrypts the signing keys under the current master key, and logs which previous master keys are still needed.
/// </summary>
internal sealed partial class MasterKeyRotation(
    IServiceScopeFactory scopes,
    MasterKeys masterKeys,
    MasterKeyUsage usage,
    SigningKeyEncryption encryption,
    TimeProvider clock,
    ILogger<MasterKeyRotation> logger
) : PeriodicWorker("The rotation of the master key", TimeSpan.FromHours(1), clock, logger)
{
    private readonly HashSet<MasterKeyUse> _reported = [];

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReencryptAsync(cancellationToken);
        }
        catch (Exception failure) when (DatabaseError.IsLostRace(failure))
        {
            // Another instance has already re-encrypted the keys.
        }

        if (masterKeys.Ids.Count > 1)
        {
            await ReportAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryRunAsync(stoppingToken);
        await base.ExecuteAsync(stoppingToken);
    }

    // Concurrent changes to a row are harmless: they change neither its private key nor its id.
    private async Task ReencryptAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var keys = scope.ServiceProvider.GetRequiredService<ISigningKeyRepository>();
        var outdated = (await keys.ListAsync(Clock.GetUtcNow(), cancellationToken))
            .Where(key => !encryption.IsCurrent(key))
            .ToList();
        foreach (var key in outdated)
        {
            key.Reencrypt(encryption.Encrypt(key.Id, key.Algorithm, encryption.Decrypt(key)));
        }

        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(cancellationToken);
        if (outdated.Count > 0)
        {
            LogReencrypted(logger, outdated.Count, masterKeys.Ids[0]);
        }
    }

    // Logs a use only once.
    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        foreach (var use in await usage.ReadAsync(cancellationToken))
        {
            if (use.IsCurrent || !_reported.Add(use))
            {
                continue;
            }

            if (use.IsUnused)
            {
                LogNotNeeded(logger, use.Id);
            }
            else
            {
                LogNeeded(logger, use.Id, use.SigningKeys, use.PasswordHashes, use.WaitingMails, use.OpenFlows);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Re-encrypted {Count} signing keys under master key {MasterKeyId}"
    )]
    private static partial void LogReencrypted(ILogger logger, int count, string masterKeyId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Previous master key {MasterKeyId} is still needed by {SigningKeys} signing keys, {Passwords} "
            + "passwords whose owners have not signed in since, {Mails} waiting mails and {Links} links in mails"
    )]
    private static partial void LogNeeded(
        ILogger logger,
        string masterKeyId,
        int signingKeys,
        int passwords,
        int mails,
        int links
    );

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Previous master key {MasterKeyId} is no longer needed by stored data. Remove it once "
            + "refresh tokens issued before the change have expired (Sessions:RefreshTokenLifetime)"
    )]
    private static partial void LogNotNeeded(ILogger logger, string masterKeyId);
}
