using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Auth.IntegrationTests.Support;

/// <summary>
/// One connection that is kept for many requests: <see cref="HttpClient"/> would retry a request on another
/// connection when the first one breaks, and hide the failure.
/// </summary>
public sealed class KeptConnection(Uri address) : IAsyncDisposable
{
    private readonly TcpClient _socket = new() { NoDelay = true };
    private StreamReader? _reader;

    /// <summary>Whether the server has announced that it closes the connection.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Sends a request and reads the whole response.</summary>
    /// <returns>Status and body.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<(int Status, string Body)> SendAsync(string requestLine, string? bearer, string? json)
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (_reader is null)
        {
            await _socket.ConnectAsync(address.Host, address.Port, cancellation);
            _reader = new StreamReader(_socket.GetStream(), Encoding.Latin1);
        }

        var authorization = bearer is null ? "" : $"Authorization: Bearer {bearer}\r\n";
        var content = json is null ? "" : $"Content-Type: application/json\r\nContent-Length: {json.Length}\r\n";
        await _socket
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"{requestLine} HTTP/1.1\r\nHost: {address.Authority}\r\n{authorization}{content}\r\n{json}"
                ),
                cancellation
            );
        return await ReadAnswerAsync(_reader, cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _reader?.Dispose();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(int Status, string Body)> ReadAnswerAsync(StreamReader reader, CancellationToken cancellation)
    {
        var status = int.Parse((await LineAsync()).Split(' ')[1], CultureInfo.InvariantCulture);
        var (length, chunked) = (0, false);
        while (await LineAsync() is { Length: > 0 } header)
        {
            var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header.Split(": ")[1]);
            length = name == "Content-Length" ? int.Parse(value, CultureInfo.InvariantCulture) : length;
            chunked |= name == "Transfer-Encoding";
            IsClosed |= name == "Connection" && value == "close";
        }

        return (status, chunked ? await ChunksAsync() : await TextAsync(length));

        async Task<string> LineAsync() =>
            await reader.ReadLineAsync(cancellation) ?? throw new IOException("The connection was closed.");

        async Task<string> TextAsync(int count)
        {
            var text = new char[count];
            var read = await reader.ReadBlockAsync(text, cancellation);
            return read == count ? new string(text) : throw new IOException("The answer was cut.");
        }

        async Task<string> ChunksAsync()
        {
            var whole = new StringBuilder();
            while (true)
            {
                var size = int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                whole.Append(await TextAsync(size));
                await LineAsync();
                if (size == 0)
                {
                    return whole.ToString();
                }
            }
        }
    }
}
