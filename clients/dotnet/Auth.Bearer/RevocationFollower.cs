using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Auth.Bearer;

/// <summary>Follows the revocations of the issuer: by a stream if there is one, otherwise by asking every second.</summary>
internal sealed partial class RevocationFollower : BackgroundService
{
    private const string DocumentType = "revocations+jwt";

    private static readonly TimeSpan s_firstEvent = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_withoutStream = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    private readonly IssuerClient _issuer;
    private readonly IssuerKeys _keys;
    private readonly RevocationStore _store;
    private readonly AuthBearerOptions _options;
    private readonly BearerMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<RevocationFollower> _logger;
    private readonly SemaphoreSlim _polling = new(1);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Position _position = new(null, 0);
    private (string? After, string? Tag) _answered;
    private long? _streamFailed;

    public RevocationFollower(
        IssuerClient issuer,
        IssuerKeys keys,
        RevocationStore store,
        AuthBearerOptions options,
        BearerMetrics metrics,
        TimeProvider clock,
        ILogger<RevocationFollower> logger
    )
    {
        (_issuer, _keys, _store, _options) = (issuer, keys, store, options);
        (_metrics, _clock, _logger) = (metrics, clock, logger);
        Status = new(store, PollAsync);
    }

    /// <summary>What the application may know and ask for.</summary>
    public AuthRevocations Status { get; }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        try
        {
            await _first.Task.WaitAsync(_options.StartTimeout, _clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogLate(_logger, _options.Authority);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _polling.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        for (var failures = 0; !stoppingToken.IsCancellationRequested; )
        {
            try
            {
                await PollAsync(stoppingToken);
                if (failures > 0)
                {
                    LogRecovered(_logger, _options.Authority);
                    failures = 0;
                }

                if (MayStream)
                {
                    await StreamAsync(stoppingToken);
                }

                await Task.Delay(_options.PollInterval, _clock, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                _metrics.CountDocument("failed");
                if (failures++ == 0)
                {
                    LogFailed(_logger, _options.Authority, failure.Message);
                }

                await Task.Delay(FindPause(failures), _clock, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _store.RemoveExpired();
        }
    }

    private bool MayStream =>
        _options.UseEventStream
        && (_streamFailed is not { } failed || _clock.GetElapsedTime(failed) >= s_withoutStream);

    // Many services lose their issuer at the same time, and should not return at the same time.
    private static TimeSpan FindPause(int failures)
    {
        var longest = Math.Min(s_longestPause.TotalMilliseconds, 250 * Math.Pow(2, Math.Min(failures, 10)));
        return TimeSpan.FromMilliseconds(longest * RandomNumberGenerator.GetInt32(500, 1001) / 1000);
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        await _polling.WaitAsync(cancellationToken);
        try
        {
            await _keys.FetchIfDueAsync(cancellationToken);
            var after = _position.Cursor;
            var tag = _answered.After == after ? _answered.Tag : null;
            if (await _issuer.FetchRevocationsAsync(after, tag, cancellationToken) is not var (document, newTag))
            {
                _metrics.CountDocument("unchanged");
                return;
            }

            await AcceptAsync(document, mayBePart: !string.IsNullOrEmpty(after), cancellationToken);
            _answered = (after, newTag);
        }
        finally
        {
            _polling.Release();
        }
    }

    // Returns when the stream ends; what happens until the next one is polled.
    private async Task StreamAsync(CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(s_firstEvent, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, idle.Token);
        var events = 0;
        try
        {
            using var response = await _issuer.OpenStreamAsync(_position.Cursor, linked.Token);
            var stream = await response.Content.ReadAsStreamAsync(linked.Token);
            var hasRest = !string.IsNullOrEmpty(_position.Cursor);
            await foreach (
                var item in SseParser.Create(stream, (_, data) => data.ToArray()).EnumerateAsync(linked.Token)
            )
            {
                var document = await AcceptAsync(item.Data, hasRest || events > 0, linked.Token);
                events++;
                // A connection on which nothing arrives any more is dead, even if nobody has closed it.
                idle.CancelAfter(TimeSpan.FromSeconds(Math.Max(1, (document.ExpiresAt - document.IssuedAt) / 2.0)));
                await _keys.FetchIfDueAsync(linked.Token);
                _store.RemoveExpired();
            }
        }
        catch (Exception failure)
            when (!cancellationToken.IsCancellationRequested
                && failure is IOException or HttpRequestException or OperationCanceledException
            )
        {
            LogStreamEnded(_logger, _options.Authority, failure.Message);
        }

        if (events == 0)
        {
            _streamFailed = _clock.GetTimestamp();
        }
    }

    private async Task<RevocationsData> AcceptAsync(byte[] text, bool mayBePart, CancellationToken cancellationToken)
    {
        var document = await ReadAsync(text, cancellationToken);
        // A part makes sense only after the rest.
        if (!document.IsFull && !mayBePart)
        {
            throw new HttpRequestException("The list of revocations is incomplete.");
        }

        var hasNewKeys = _store.Add(document);
        if (document.IssuedAt >= _position.IssuedAt)
        {
            _position = new(document.Cursor, document.IssuedAt);
        }

        _metrics.CountDocument("accepted");
        _first.TrySetResult();
        if (hasNewKeys)
        {
            await _keys.FetchAsync(cancellationToken);
        }

        return document;
    }

    /// <exception cref="HttpRequestException">The document is not genuine.</exception>
    private async Task<RevocationsData> ReadAsync(byte[] text, CancellationToken cancellationToken)
    {
        if (
            CompactJws.TryRead(text) is not { Type: DocumentType } jws
            || await _keys.FindNamedByIssuerAsync(jws.KeyId, cancellationToken) is not { } key
            || key.Algorithm != jws.Algorithm
            || _store.IsWithdrawn(jws.KeyId)
            || !key.Verifies(jws.SignedText.Span, jws.Signature)
        )
        {
            throw new HttpRequestException("The list of revocations is not signed by the issuer.");
        }

        try
        {
            var document = JsonSerializer.Deserialize<RevocationsData>(jws.Payload, IssuerDocuments.Options);
            return
                document is not null && document.Issuer == _options.Authority && document.ExpiresAt > document.IssuedAt
                ? document
                : throw new HttpRequestException("The list of revocations is not one of this issuer.");
        }
        catch (JsonException failure)
        {
            throw new HttpRequestException("The list of revocations is malformed.", failure);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The revocations of {Authority} are not known yet; until they are, requests with tokens are refused"
    )]
    private static partial void LogLate(ILogger logger, string authority);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The revocations of {Authority} could not be read: {Reason}")]
    private static partial void LogFailed(ILogger logger, string authority, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The revocations of {Authority} can be read again")]
    private static partial void LogRecovered(ILogger logger, string authority);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The stream of revocations of {Authority} ended: {Reason}")]
    private static partial void LogStreamEnded(ILogger logger, string authority, string reason);

    /// <summary>Up to where revocations are known, and when the document that says so was issued.</summary>
    private sealed record Position(string? Cursor, long IssuedAt);
}
