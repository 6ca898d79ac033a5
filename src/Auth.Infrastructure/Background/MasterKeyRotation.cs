using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Domain.Keys;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Queries;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Factors;
using Auth.Infrastructure.Security.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Re-encrypts the signing keys and the secrets of authenticator apps under the current master key, and logs which previous master keys are still needed.
/// </summary>
internal sealed partial class MasterKeyRotation(
    IServiceScopeFactory scopes,
    MasterKeys masterKeys,
    MasterKeyUsage usage,
    SigningKeyEncryption encryption,
    Totp totp,
    WriteGate gate,
    TimeProvider clock,
    ILogger<MasterKeyRotation> logger
) : PeriodicWorker("The rotation of the master key", TimeSpan.FromHours(1), clock, logger)
{
    private const int BatchSize = 500;

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
            await ReencryptFactorsAsync(cancellationToken);
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

    // One by one: a code that is used meanwhile changes other columns of the row.
    private async Task ReencryptFactorsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var after = Guid.Empty;
        while (
            await context
                .Factors.Where(factor => factor.SealedSecret != null && factor.Id > after)
                .OrderBy(factor => factor.Id)
                .Select(factor => new { factor.Id, factor.SealedSecret })
                .Take(BatchSize)
                .ToListAsync(cancellationToken)
                is { Count: > 0 } batch
        )
        {
            foreach (var factor in batch)
            {
                if (TryReencrypt(factor.Id, factor.SealedSecret!) is { } reencrypted)
                {
                    using var lease = await gate.EnterAsync(cancellationToken);
                    await context
                        .Factors.Where(stored => stored.Id == factor.Id)
                        .ExecuteUpdateAsync(
                            update => update.SetProperty(stored => stored.SealedSecret, reencrypted),
                            cancellationToken
                        );
                }
            }

            after = batch[^1].Id;
        }
    }

    // A secret under a key that is not configured is left alone, and does not keep the others from being re-encrypted.
    private byte[]? TryReencrypt(Guid id, byte[] sealedSecret)
    {
        try
        {
            return totp.Reencrypt(id, sealedSecret);
        }
        catch (CryptographicException)
        {
            return null;
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
                LogNeeded(
                    logger,
                    use.Id,
                    use.SigningKeys,
                    use.PasswordHashes,
                    use.WaitingMails,
                    use.OpenFlows,
                    use.FactorSecrets,
                    use.RecoveryCodes
                );
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
            + "passwords whose owners have not signed in since, {Mails} waiting mails, {Links} links in mails, "
            + "{Secrets} secrets of authenticator apps and {RecoveryCodes} recovery codes"
    )]
    private static partial void LogNeeded(
        ILogger logger,
        string masterKeyId,
        int signingKeys,
        int passwords,
        int mails,
        int links,
        int secrets,
        int recoveryCodes
    );

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Previous master key {MasterKeyId} is no longer needed by stored data. Remove it once "
            + "refresh tokens issued before the change have expired (Sessions:RefreshTokenLifetime)"
    )]
    private static partial void LogNotNeeded(ILogger logger, string masterKeyId);
}
