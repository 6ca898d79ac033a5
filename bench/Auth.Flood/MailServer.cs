using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Auth.Flood;

/// <summary>A mail server that does as little as possible, so that the time is that of the service.</summary>
internal sealed class MailServer : IDisposable
{
    private const string Recipient = "RCPT TO:<";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, int> _received = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _isRefusing;

    /// <param name="behavior"><c>up</c>, <c>down</c>, <c>refusing</c>, or <c>hanging</c> until it is opened.</param>
    public MailServer(string behavior)
    {
        _isRefusing = behavior == "refusing";
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        if (behavior == "down")
        {
            _listener.Stop();
            return;
        }

        if (behavior == "up")
        {
            Open();
        }

        _ = AcceptAsync();
    }

    private int Port { get; }

    /// <summary>The settings of a service that sends its mail here.</summary>
    public (string, string)[] Settings =>
        [
            ("Mail__Transport", "Smtp"),
            ("Mail__From", "noreply@example.com"),
            ("Mail__Smtp__Host", "127.0.0.1"),
            ("Mail__Smtp__Port", Port.ToString(CultureInfo.InvariantCulture)),
            ("Mail__Smtp__Security", "None"),
        ];

    /// <summary>How many addresses have got a mail.</summary>
    public int Addresses => _received.Count;

    /// <summary>How many mails were more than one for an address.</summary>
    public int Repeated => _received.Values.Sum(count => count - 1);

    /// <summary>Answers from now on, also on connections that wait.</summary>
    public void Open() => _open.TrySetResult();

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // That is how it ends.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        connection.NoDelay = true;
        try
        {
            await using var stream = connection.GetStream();
            if (_isRefusing)
            {
                await stream.WriteAsync("554 no\r\n"u8.ToArray());
                return;
            }

            await _open.Task;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n" };
            await ConverseAsync(reader, writer);
        }
        catch (IOException)
        {
            // The service has closed it.
        }
    }

    private async Task ConverseAsync(StreamReader reader, StreamWriter writer)
    {
        var recipient = "";
        var answer = "220 bench";
        while (true)
        {
            await writer.WriteLineAsync(answer);
            await writer.FlushAsync();
            if (await reader.ReadLineAsync() is not { } line)
            {
                return;
            }

            if (line.StartsWith(Recipient, StringComparison.OrdinalIgnoreCase))
            {
                recipient = line[Recipient.Length..line.IndexOf('>', StringComparison.Ordinal)];
            }

            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                await writer.FlushAsync();
                while (await reader.ReadLineAsync() is { } text && text != ".") { }

                _received.AddOrUpdate(recipient, 1, (_, count) => count + 1);
            }

            answer =
                line.StartsWith("EHLO", StringComparison.Ordinal)
                    ? "250-bench\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8"
                : line == "QUIT" ? "221 bye"
                : "250 ok";
        }
    }
}
