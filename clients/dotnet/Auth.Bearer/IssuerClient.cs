using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Auth.Bearer;

/// <summary>Fetches the public documents of the issuer.</summary>
internal sealed class IssuerClient : IDisposable
{
    private const int MaxDocumentLength = 64 * 1024 * 1024;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly AuthBearerOptions _options;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _discovering = new(1);
    private DiscoveryData? _discovered;

    public IssuerClient(AuthBearerOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        var handler =
            options.Backchannel
            ?? new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5), // follows changes of DNS
                UseCookies = false,
            };
        _http = new(handler, disposeHandler: options.Backchannel is null)
        {
            MaxResponseContentBufferSize = MaxDocumentLength,
            Timeout = Timeout.InfiniteTimeSpan, // streams do not end
        };
    }

    public void Dispose()
    {
        _http.Dispose();
        _discovering.Dispose();
    }

    /// <summary>Fetches the public keys, past all caches: one of them may have been withdrawn.</summary>
    public async Task<IReadOnlyList<JsonWebKeyData>> FetchKeysAsync(CancellationToken cancellationToken)
    {
        var discovered = await DiscoverAsync(cancellationToken);
        var set = await FetchJsonAsync<KeySetData>(discovered.KeySetAddress!, cancellationToken);
        return set.Keys ?? throw new HttpRequestException("The key set has no keys.");
    }

    /// <summary>Fetches the revocations after a cursor.</summary>
    /// <param name="after">The cursor; null for all.</param>
    /// <param name="tag">The tag of the answer to the same request; null if there was none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The signed document and its tag; null if it has not changed.</returns>
    public async Task<(byte[] Document, string? Tag)?> FetchRevocationsAsync(
        string? after,
        string? tag,
        CancellationToken cancellationToken
    )
    {
        using var deadline = CreateDeadline(cancellationToken, out var linked);
        using (linked)
        {
            var address = await FindRevocationsAddressAsync(linked.Token);
            var query = string.IsNullOrEmpty(after) ? "" : $"?after={Uri.EscapeDataString(after)}";
            using var request = new HttpRequestMessage(HttpMethod.Get, address + query);
            if (tag is not null)
            {
                request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag));
            }

            using var response = await _http.SendAsync(request, linked.Token);
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                return null;
            }

            response.EnsureSuccessStatusCode();
            return (await response.Content.ReadAsByteArrayAsync(linked.Token), response.Headers.ETag?.ToString());
        }
    }

    /// <summary>Asks the issuer to send revocations as they happen.</summary>
    /// <param name="after">The cursor up to which they are known; null if there is none.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The response, whose body is the stream.</returns>
    public async Task<HttpResponseMessage> OpenStreamAsync(string? after, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            await FindRevocationsAddressAsync(cancellationToken)
        );
        request.Headers.Accept.Add(new("text/event-stream"));
        if (!string.IsNullOrEmpty(after))
        {
            request.Headers.Add("Last-Event-ID", after);
        }

        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return response;
        }

        response.Dispose();
        throw new HttpRequestException($"There is no stream of revocations (status {(int)response.StatusCode}).");
    }

    private async Task<Uri> FindRevocationsAddressAsync(CancellationToken cancellationToken) =>
        (await DiscoverAsync(cancellationToken)).RevocationsAddress
        ?? throw new HttpRequestException($"{_options.Authority} does not publish revocations.");

    private async Task<DiscoveryData> DiscoverAsync(CancellationToken cancellationToken)
    {
        if (_discovered is { } known)
        {
            return known;
        }

        await _discovering.WaitAsync(cancellationToken);
        try
        {
            if (_discovered is { } meanwhile)
            {
                return meanwhile;
            }

            var address = new Uri(_options.Authority.TrimEnd('/') + "/.well-known/openid-configuration");
            var found = await FetchJsonAsync<DiscoveryData>(address, cancellationToken);
            // Whose keys are these? (RFC 8414 §3.3)
            if (found.Issuer != _options.Authority)
            {
                throw new HttpRequestException($"{_options.Authority} calls itself {found.Issuer}.");
            }

            CheckAddress(found.KeySetAddress ?? throw new HttpRequestException("There is no key set."));
            if (found.RevocationsAddress is { } revocations)
            {
                CheckAddress(revocations);
                _discovered = found; // otherwise the issuer may be older, and is asked again
            }

            return found;
        }
        finally
        {
            _discovering.Release();
        }
    }

    private void CheckAddress(Uri address)
    {
        if (
            !address.IsAbsoluteUri
            || (_options.RequireHttps && address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
        )
        {
            throw new HttpRequestException($"{address} must use https.");
        }
    }

    private async Task<T> FetchJsonAsync<T>(Uri address, CancellationToken cancellationToken)
    {
        using var deadline = CreateDeadline(cancellationToken, out var linked);
        using (linked)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.CacheControl = new() { NoCache = true };
            using var response = await _http.SendAsync(request, linked.Token);
            response.EnsureSuccessStatusCode();
            var bytes = await response.Content.ReadAsByteArrayAsync(linked.Token);
            try
            {
                return JsonSerializer.Deserialize<T>(bytes, IssuerDocuments.Options)
                    ?? throw new HttpRequestException($"{address} is empty.");
            }
            catch (JsonException failure)
            {
                throw new HttpRequestException($"{address} is not valid JSON.", failure);
            }
        }
    }

    private CancellationTokenSource CreateDeadline(
        CancellationToken cancellationToken,
        out CancellationTokenSource linked
    )
    {
        var deadline = new CancellationTokenSource(s_timeout, _clock);
        linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        return deadline;
    }
}
