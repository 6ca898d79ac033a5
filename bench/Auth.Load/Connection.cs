using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Auth.Load;

/// <summary>
/// One client with one connection and minimal HTTP/1.1, which leaves the cores to the server. Sends one
/// request at a time and reads the response into one buffer.
/// </summary>
internal sealed class Connection : Socket
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;
    private int _bodyStart;

    public Connection(int index, IPEndPoint server)
        : base(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        Index = index;
        NoDelay = true;
        Connect(server);
    }

    /// <summary>The number of the client.</summary>
    public int Index { get; }

    /// <summary>When the request was sent.</summary>
    public long SentAt { get; private set; }

    /// <summary>The status of the response.</summary>
    public int Status { get; private set; }

    /// <summary>The body of the response; if chunked, including the chunk lengths.</summary>
    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_bodyStart, _length - _bodyStart);

    /// <summary>The response, shortened for messages.</summary>
    public string Describe() => Encoding.UTF8.GetString(_buffer.AsSpan(0, Math.Min(_length, 1000)));

    /// <summary>Sends a request.</summary>
    public void Request(ReadOnlySpan<byte> request, long now)
    {
        SentAt = now;
        Continue(request);
    }

    /// <summary>Sends the second half of an operation, whose latency is that of both.</summary>
    public void Continue(ReadOnlySpan<byte> request)
    {
        _length = 0;
        Send(request);
    }

    /// <summary>Reads the available part of the response.</summary>
    /// <returns>Whether it is complete.</returns>
    public bool TryReceive()
    {
        var received = Receive(_buffer.AsSpan(_length));
        if (received == 0)
        {
            throw new IOException("The server closed the connection.");
        }

        _length += received;
        var answer = _buffer.AsSpan(0, _length);
        var headEnd = answer.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return false;
        }

        _bodyStart = headEnd + 4;
        Status = Number(answer["HTTP/1.1 "u8.Length..]);

        var head = answer[..(headEnd + 2)];
        var lengthAt = head.IndexOf("\r\nContent-Length: "u8);
        if (lengthAt >= 0)
        {
            return _length - _bodyStart == Number(head[(lengthAt + "\r\nContent-Length: ".Length)..]);
        }

        return head.IndexOf("\r\nTransfer-Encoding: chunked"u8) < 0 || answer.EndsWith("0\r\n\r\n"u8);
    }

    private static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int number, out _) ? number : throw new IOException("This is not HTTP/1.1.");
}
