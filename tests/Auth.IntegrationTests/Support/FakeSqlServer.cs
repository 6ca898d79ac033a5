using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Auth.IntegrationTests.Support;

/// <summary>
/// The part of SQL Server's protocol (MS-TDS) that is needed to connect, to begin and end transactions, and to report that a
/// statement has changed one row or failed, so that the real SqlClient handles it.
/// </summary>
public sealed class FakeSqlServer : IAsyncDisposable
{
    private const byte Prelogin = 0x12;
    private const byte Login = 0x10;
    private const byte TransactionRequest = 0x0E;
    private const byte Attention = 0x06;
    private const byte Answer = 0x04;

    private static readonly byte[] s_transaction = [1, 0, 0, 0, 0, 0, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();

    public FakeSqlServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The error of every statement; null if they succeed.</summary>
    public (int Number, byte Class, string Text)? Failure { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (Exception failure)
            when (failure is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        var stream = client.GetStream();
        try
        {
            while (true)
            {
                var (type, message) = await ReadAsync(stream);
                await WriteAsync(stream, Reply(type, message));
                if (type is not (Prelogin or Login or TransactionRequest or Attention) && Failure is { Class: >= 20 })
                {
                    return; // errors of this class end the connection
                }
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has disconnected.
        }
    }

    private byte[] Reply(byte type, byte[] message) =>
        type switch
        {
            // Version, and no encryption.
            Prelogin => [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 0x10, 0, 0, 0, 2],
            Login => [.. Collation(), .. LoginAcknowledgement(), .. Done(0xFD, status: 0)],
            TransactionRequest => [.. TransactionChange(message), .. Done(0xFD, status: 0)],
            Attention => Done(0xFD, status: 0x20),
            _ when Failure is { } failure => [.. Error(failure), .. Done(0xFD, status: 0x02)],
            0x03 => [.. Done(0xFF, status: 0x10, rows: 1), 0x79, 0, 0, 0, 0, .. Done(0xFE, status: 0)],
            _ => Done(0xFD, status: 0x10, rows: 1),
        };

    private static byte[] Collation() => [0xE3, 8, 0, 7, 5, 0x09, 0x04, 0xD0, 0x00, 0x34, 0];

    private static byte[] LoginAcknowledgement()
    {
        var name = Encoding.Unicode.GetBytes("Fake");
        byte[] body = [1, 0x74, 0, 0, 4, (byte)(name.Length / 2), .. name, 16, 0, 0x10, 0];
        return [0xAD, .. Length(body.Length), .. body];
    }

    /// <summary>Reports that a transaction has begun, was committed or was rolled back.</summary>
    private static byte[] TransactionChange(byte[] message)
    {
        var headers = BinaryPrimitives.ReadInt32LittleEndian(message);
        var request = BinaryPrimitives.ReadInt16LittleEndian(message.AsSpan(headers));
        byte[] change = request switch
        {
            5 => [8, 8, .. s_transaction, 0],
            7 => [9, 0, 8, .. s_transaction],
            _ => [10, 0, 8, .. s_transaction],
        };
        return [0xE3, .. Length(change.Length), .. change];
    }

    private static byte[] Error((int Number, byte Class, string Text) failure)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(number, failure.Number);
        byte[] body =
        [
            .. number,
            1,
            failure.Class,
            .. Length(failure.Text.Length),
            .. Encoding.Unicode.GetBytes(failure.Text),
            0,
            0,
            1,
            0,
            0,
            0,
        ];
        return [0xAA, .. Length(body.Length), .. body];
    }

    private static byte[] Done(byte token, byte status, byte rows = 0) =>
        [token, status, 0, 0, 0, rows, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] Length(int length) => [(byte)length, (byte)(length >> 8)];

    private async Task<(byte Type, byte[] Message)> ReadAsync(NetworkStream stream)
    {
        var header = new byte[8];
        var message = new MemoryStream();
        do
        {
            await stream.ReadExactlyAsync(header, _stopping.Token);
            var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - header.Length];
            await stream.ReadExactlyAsync(body, _stopping.Token);
            message.Write(body);
        } while ((header[1] & 1) == 0);

        return (header[0], message.ToArray());
    }

    private async Task WriteAsync(NetworkStream stream, byte[] body)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 8));
        await stream.WriteAsync((byte[])[Answer, 1, .. length, 0, 0, 1, 0, .. body], _stopping.Token);
    }
}
