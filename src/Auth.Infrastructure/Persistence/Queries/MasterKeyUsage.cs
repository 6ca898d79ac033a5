using Auth.Infrastructure.Persistence.Repositories;
using Auth.Infrastructure.Security;
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
        return
        [
            .. _masterKeys
                .Ids.Union(signingKeys.Keys, StringComparer.Ordinal)
                .Union(passwords.Keys, StringComparer.Ordinal)
                .Select(id => new MasterKeyUse(
                    id,
                    IsCurrent: id == _masterKeys.Ids[0],
                    IsConfigured: _masterKeys.Ids.Contains(id, StringComparer.Ordinal),
                    signingKeys.GetValueOrDefault(id),
                    passwords.GetValueOrDefault(id)
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

    private async Task<Dictionary<string, int>> CountSigningKeysAsync(
        AppDbContext context,
        CancellationToken cancellationToken
    )
    {
        var now = _clock.GetUtcNow();
        var stored = await context
            .SigningKeys.AcceptedAt(now)
            .Select(key => key.EncryptedPrivateKey)
            .ToListAsync(cancellationToken);
        return stored
            .Select(key => MasterKeyEncryption.FindMasterKeyId(key))
            .OfType<string>()
            .CountBy(id => id, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
    }
}

/// <summary>The data that a master key protects.</summary>
/// <param name="Id">The id of the key, which reveals nothing about it.</param>
/// <param name="IsCurrent">Whether it is the current master key.</param>
/// <param name="IsConfigured">Whether the key is configured.</param>
/// <param name="SigningKeys">The number of signing keys encrypted under it.</param>
/// <param name="PasswordHashes">
/// The number of passwords last hashed with it; a sign-in rehashes the password with the current key.
/// </param>
public sealed record MasterKeyUse(string Id, bool IsCurrent, bool IsConfigured, int SigningKeys, int PasswordHashes);
