using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Auth.Bearer;

/// <summary>The public keys of the issuer in memory.</summary>
internal sealed partial class IssuerKeys(
    IssuerClient issuer,
    AuthBearerOptions options,
    TimeProvider clock,
    ILogger<IssuerKeys> logger
)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(15);

    // Anybody can send tokens that name unknown keys.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly Lock _fetching = new();
    private volatile FrozenDictionary<string, IssuerKey>? _keys;
    private Task? _fetch;
    private long? _fetched;

    /// <summary>Whether the keys have been fetched.</summary>
    public bool AreKnown => _keys is not null;

    /// <summary>Finds a key that is known; null if it is not.</summary>
    public IssuerKey? Find(string id) => _keys?.GetValueOrDefault(id);

    /// <summary>Finds a key, and fetches the keys if it is unknown and they were not just fetched.</summary>
    public async ValueTask<IssuerKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (Find(id) is { } known)
        {
            return known;
        }

        await FetchUnlessRecentAsync(s_pause, cancellationToken);
        return Find(id);
    }

    /// <summary>Finds a key that the issuer itself has named, and fetches the keys if it is unknown.</summary>
    public async Task<IssuerKey?> FindNamedByIssuerAsync(string id, CancellationToken cancellationToken)
    {
        if (Find(id) is null)
        {
            await FetchAsync(cancellationToken);
        }

        return Find(id);
    }

    /// <summary>Fetches the keys if they are due.</summary>
    public Task FetchIfDueAsync(CancellationToken cancellationToken) =>
        FetchUnlessRecentAsync(AreKnown ? s_lifetime : TimeSpan.Zero, cancellationToken);

    /// <summary>Fetches the keys now, because one of them may have been withdrawn.</summary>
    public Task FetchAsync(CancellationToken cancellationToken) =>
        FetchUnlessRecentAsync(TimeSpan.Zero, cancellationToken);

    private async Task FetchUnlessRecentAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        Task fetch;
        lock (_fetching)
        {
            if (_fetch is not { IsCompleted: false })
            {
                if (_fetched is { } fetched && age > TimeSpan.Zero && clock.GetElapsedTime(fetched) < age)
                {
                    return;
                }

                // One for all who wait, and none of them can cancel it for the others.
                _fetched = clock.GetTimestamp();
                _fetch = FetchOnceAsync();
            }

            fetch = _fetch;
        }

        await fetch.WaitAsync(cancellationToken);
    }

    private async Task FetchOnceAsync()
    {
        await Task.Yield(); // not under the lock
        try
        {
            var keys = await issuer.FetchKeysAsync(CancellationToken.None);
            _keys = keys.Select(IssuerKey.From)
                .OfType<IssuerKey>()
                .Where(key => options.Algorithms.Contains(key.Algorithm))
                .DistinctBy(key => key.Id, StringComparer.Ordinal)
                .ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            LogFailed(logger, options.Authority, failure.Message); // the known keys are kept
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of {Authority} could not be fetched: {Reason}")]
    private static partial void LogFailed(ILogger logger, string authority, string reason);
}
