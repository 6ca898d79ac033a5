using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Application.Keys;
using Auth.Domain.Keys;
using Auth.Infrastructure.Security.Keys;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Keeps the signing keys in memory in step with the database: whatever any instance changes holds on all of them after
/// one interval. And sees to it that the next key is announced in time, on whichever instance notices first.
/// </summary>
internal sealed partial class SigningKeyPoller(
    IServiceScopeFactory scopes,
    SigningKeyRing ring,
    SigningKeyPolicy policy,
    RevocationStatus status,
    RevocationOptions options,
    TimeProvider clock,
    ILogger<SigningKeyPoller> logger
) : PeriodicWorker("Reading signing keys", options.PollInterval, clock, logger), ILoadedSigningKeys
{
    // Read and load as one step: otherwise an older state could replace a newer one, and a withdrawn key would be back.
    private readonly SemaphoreSlim _reloading = new(1);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Reads the keys; makes the first one, or the first one of another algorithm than before.</summary>
    /// <exception cref="CryptographicException">A key cannot be read, for want of its master key or because it was
    /// changed.</exception>
    public async Task StartKeysAsync(CancellationToken cancellationToken)
    {
        // Before anything is added: with a wrong master key that would be a key nobody else can read.
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
            var failures = ring.Load(await keys.ListAsync(Clock.GetUtcNow(), cancellationToken));
            status.KeysRefreshed(timestamp);
            return failures;
        }
        finally
        {
            _reloading.Release();
        }
    }

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

    // Once, not every second.
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

    [LoggerMessage(Level = LogLevel.Error, Message = "A signing key is not used: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);
}
