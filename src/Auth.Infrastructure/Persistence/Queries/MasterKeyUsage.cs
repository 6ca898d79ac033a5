using Auth.Infrastructure.Persistence.Repositories;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Factors;
using Auth.Infrastructure.Security.Passwords;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Infrastructure.Persistence.Queries;

/// <summary>Counts the data that each master key protects, which tells when a previous one can be removed.</summary>
public sealed class MasterKeyUsage
{
    private readonly IServiceScopeFactory _scopes;
    private readonly MasterKeys _masterKeys;
    private readonly TimeProvider _clock;

    internal MasterKeyUsage(IServiceScopeFactory scopes, MasterKeys masterKeys, TimeProvider clock) =>
        (_scopes, _masterKeys, _clock) = (scopes, masterKeys, clock);

    /// <summary>Counts for all master keys, configured and missing. Reads all users.</summary>
    public async Task<IReadOnlyList<MasterKeyUse>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        context.Database.SetCommandTimeout(DatabaseTimeouts.WholeTable);
        var signingKeys = await CountSigningKeysAsync(context, cancellationToken);
        var passwords = await CountPasswordsAsync(context, cancellationToken);
        var mails = await CountAsync(WaitingMails(context), cancellationToken);
        var flows = await CountAsync(OpenFlows(context), cancellationToken);
        var secrets = await CountAsync(FactorSecrets(context), cancellationToken);
        var codes = await CountRecoveryCodesAsync(context, cancellationToken);
        return
        [
            .. _masterKeys
                .Ids.Union(signingKeys.Keys, StringComparer.Ordinal)
                .Union(passwords.Keys, StringComparer.Ordinal)
                .Union(mails.Keys, StringComparer.Ordinal)
                .Union(flows.Keys, StringComparer.Ordinal)
                .Union(secrets.Keys, StringComparer.Ordinal)
                .Union(codes.Keys, StringComparer.Ordinal)
                .Select(id => new MasterKeyUse(
                    id,
                    IsCurrent: id == _masterKeys.Ids[0],
                    IsConfigured: _masterKeys.Ids.Contains(id, StringComparer.Ordinal),
                    signingKeys.GetValueOrDefault(id),
                    passwords.GetValueOrDefault(id),
                    mails.GetValueOrDefault(id),
                    flows.GetValueOrDefault(id),
                    secrets.GetValueOrDefault(id),
                    codes.GetValueOrDefault(id)
                )),
        ];
    }

    private static async Task<Dictionary<string, int>> CountPasswordsAsync(
        AppDbContext context,
        CancellationToken cancellationToken
    ) =>
        await context
            .Users.Where(user => user.PasswordHash.StartsWith(StoredHash.KeyedPrefix))
            .GroupBy(user => user.PasswordHash.Substring(StoredHash.KeyedPrefix.Length, MasterKeys.IdLength))
            .Select(hashes => new { Id = hashes.Key, Count = hashes.Count() })
            .ToDictionaryAsync(use => use.Id, use => use.Count, StringComparer.Ordinal, cancellationToken);

    private Task<Dictionary<string, int>> CountSigningKeysAsync(
        AppDbContext context,
        CancellationToken cancellationToken
    ) =>
        CountAsync(
            context.SigningKeys.AcceptedAt(_clock.GetUtcNow()).Select(key => key.EncryptedPrivateKey),
            cancellationToken
        );

    private static IQueryable<byte[]> WaitingMails(AppDbContext context) =>
        context.Mails.Where(mail => mail.NextAttemptAt != null).Select(mail => mail.SealedAddress);

    // The address is encrypted when the flow starts: the same master key is needed for its flow token and its links.
    private IQueryable<byte[]> OpenFlows(AppDbContext context)
    {
        var now = _clock.GetUtcNow();
        return context
            .MailFlows.Where(flow => flow.ExpiresAt > now && flow.ConsumedAt == null)
            .Select(flow => flow.SealedAddress);
    }

    private static IQueryable<byte[]> FactorSecrets(AppDbContext context) =>
        context.Factors.Where(factor => factor.SealedSecret != null).Select(factor => factor.SealedSecret!);

    private static async Task<Dictionary<string, int>> CountRecoveryCodesAsync(
        AppDbContext context,
        CancellationToken cancellationToken
    ) =>
        await context
            .RecoveryCodes.Select(code => code.Hash)
            .AsAsyncEnumerable()
            .CountBy(RecoveryCodes.MasterKeyIdOf, StringComparer.Ordinal)
            .ToDictionaryAsync(StringComparer.Ordinal, cancellationToken);

    private static async Task<Dictionary<string, int>> CountAsync(
        IQueryable<byte[]> encrypted,
        CancellationToken cancellationToken
    ) =>
        await encrypted
            .AsAsyncEnumerable()
            .Select(value => MasterKeyEncryption.FindMasterKeyId(value))
            .OfType<string>()
            .CountBy(id => id, StringComparer.Ordinal)
            .ToDictionaryAsync(StringComparer.Ordinal, cancellationToken);
}

/// <summary>The data that a master key protects.</summary>
/// <param name="Id">The id of the key, which reveals nothing about it.</param>
/// <param name="IsCurrent">Whether it is the current master key.</param>
/// <param name="IsConfigured">Whether the key is configured.</param>
/// <param name="SigningKeys">The number of signing keys encrypted under it.</param>
/// <param name="PasswordHashes">
/// The number of passwords last hashed with it; a sign-in rehashes the password with the current key.
/// </param>
/// <param name="WaitingMails">The number of mails with an address encrypted under it that have not been sent.</param>
/// <param name="OpenFlows">The number of flows started with it whose link is valid.</param>
/// <param name="FactorSecrets">The number of secrets of authenticator apps encrypted under it.</param>
/// <param name="RecoveryCodes">The number of recovery codes made with it; they are not made again unless their owner asks.</param>
public sealed record MasterKeyUse(
    string Id,
    bool IsCurrent,
    bool IsConfigured,
    int SigningKeys,
    int PasswordHashes,
    int WaitingMails,
    int OpenFlows,
    int FactorSecrets = 0,
    int RecoveryCodes = 0
)
{
    /// <summary>Whether nothing that is stored needs the key.</summary>
    public bool IsUnused =>
        SigningKeys + PasswordHashes + WaitingMails + OpenFlows + FactorSecrets + RecoveryCodes == 0;
}
