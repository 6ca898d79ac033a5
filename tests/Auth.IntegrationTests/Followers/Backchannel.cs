using System.Net;
using System.Net.Http.Headers;
using Auth.IntegrationTests.Revocations;

namespace Auth.IntegrationTests.Followers;

/// <summary>The network between a service and the issuer of its tokens, which tests interfere with.</summary>
internal sealed class Backchannel : DelegatingHandler
{
    private readonly Uri _instance;

    /// <param name="instance">The instance that all requests reach, whatever their address.</param>
    public Backchannel(Uri instance)
        : base(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) => _instance = instance;

    /// <summary>Whether nothing gets through.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether streams are refused, as by a proxy that does not let them through.</summary>
    public bool RefusesStreams { get; set; }

    /// <summary>Replaces the lists of revocations; null to pass them on.</summary>
    public Func<byte[], byte[]?>? Replace { get; set; }

    /// <summary>After how many bytes each stream is cut; null if it is not.</summary>
    public Func<int>? CutStreamsAfter { get; set; }

    /// <summary>The number of lists that were passed on or replaced.</summary>
    public int Lists { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (IsDown)
        {
            throw new HttpRequestException("The network is down.");
        }

        request.RequestUri = new UriBuilder(request.RequestUri!) { Host = _instance.Host, Port = _instance.Port }.Uri;
        var isList = request.RequestUri.AbsolutePath == RevocationList.Path;
        var isStream = request.Headers.Accept.Any(type => type.MediaType == "text/event-stream");
        if (isStream && RefusesStreams)
        {
            return new(HttpStatusCode.BadGateway);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (isStream && CutStreamsAfter is { } length)
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            Wrap(response, new StreamContent(new CutStream(stream, length(), () => IsDown)));
        }
        else if (isList && !isStream && response.StatusCode == HttpStatusCode.OK)
        {
            var list = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            Wrap(response, new ByteArrayContent(Replace?.Invoke(list) ?? list));
            Lists++;
        }

        return response;
    }

    private static void Wrap(HttpResponseMessage response, HttpContent content)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(response.Content.Headers.ContentType!.ToString());
        response.Content = content;
    }

    /// <summary>A stream that ends in the middle.</summary>
    private sealed class CutStream(Stream inner, int left, Func<bool> isDown) : Stream
    {
        private int _left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            if (_left == 0 || isDown())
            {
                return 0;
            }

            var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
