using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Application.Keys;
using Auth.Domain.Keys;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Tokens;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Polls the database for signing keys, so that a change by one instance applies to all after one interval. The first
/// instance to notice that a new key is due announces it.
/// </summary>
internal sealed partial class SigningKeyPoller(
    IServiceScopeFactory scopes,
    SigningKeyRing ring,
    SigningKeyPolicy policy,
    RevocationLog log,
    RevocationStatus status,
    RevocationOptions options,
    TimeProvider clock,
    ILogger<SigningKeyPoller> logger
) : PeriodicWorker("Reading signing keys", options.PollInterval, clock, logger), ILoadedSigningKeys
{
    // Reading and loading is one step: otherwise older keys could replace newer ones, and bring a removed key back.
    private readonly SemaphoreSlim _reloading = new(1);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Loads the keys, and creates the first one of the configured algorithm if there is none.</summary>
    /// <exception cref="CryptographicException">A key cannot be decrypted: its master key is missing, or it was changed.
    /// </exception>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        // Checked before a key is added: under a wrong master key, no other instance could read it.
        await LoadAllAsync(cancellationToken);
        await RotateDueAsync(atStart: true, cancellationToken);
        await LoadAllAsync(cancellationToken);

        async Task LoadAllAsync(CancellationToken cancellationToken)
        {
            var failures = await LoadAsync(cancellationToken);
            if (failures.Count > 0)
            {
                throw failures[0];
            }
        }
    }

    /// <inheritdoc/>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        foreach (var failure in await LoadAsync(cancellationToken))
        {
            Report(failure);
        }
    }

    public override void Dispose()
    {
        _reloading.Dispose();
        base.Dispose();
    }

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        await ReloadAsync(cancellationToken);
        if (ring.Stored is { Count: > 0 } keys && new SigningKeyChain(keys, policy).IsSuccessorDue(Clock.GetUtcNow()))
        {
            await RotateDueAsync(atStart: false, cancellationToken);
            await ReloadAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<CryptographicException>> LoadAsync(CancellationToken cancellationToken)
    {
        await _reloading.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var keys = scope.ServiceProvider.GetRequiredService<ISigningKeyRepository>();
            var timestamp = Clock.GetTimestamp();
            var now = Clock.GetUtcNow();
            var listed = await keys.ListAsync(now, cancellationToken);
            var hasChanged = HasChanged(listed);
            var revoked = hasChanged ? await keys.ListRevokedAsync(now - policy.TokenLifetime, cancellationToken) : [];

            // Replaced before they are listed as revoked: no list may be signed with a key that it revokes. One that was
            // revoked between the two reads is left to the next poll.
            var failures = ring.Load(listed);
            foreach (var key in revoked.Where(key => listed.All(other => other.Id != key.Id)))
            {
                log.AddKey(key.Id, key.RemovedAt!.Value + policy.TokenLifetime);
            }

            if (hasChanged)
            {
                log.Signal();
            }

            status.MarkKeysRefreshed(timestamp);
            return failures;
        }
        finally
        {
            _reloading.Release();
        }
    }

    // A revocation replaces all keys: there is no need to look for revoked ones every second.
    private bool HasChanged(IReadOnlyList<SigningKey> listed) =>
        listed.Count == 0
        || !listed.Select(key => key.Id).SequenceEqual(ring.Stored.Select(key => key.Id), StringComparer.Ordinal);

    private async Task RotateDueAsync(bool atStart, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var result = await mediator.Send(new RotateDueKeysCommand(atStart), cancellationToken);
        if (result.IsFailure)
        {
            throw new InvalidOperationException(result.Error.Message);
        }
    }

    // Logs each failure once, not every second.
    private void Report(CryptographicException failure)
    {
        lock (_reported)
        {
            if (_reported.Add(failure.Message))
            {
                LogUnreadable(logger, failure.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A signing key cannot be used: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);
}
