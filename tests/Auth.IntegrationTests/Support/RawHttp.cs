using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Auth.IntegrationTests.Support;

/// <summary>A raw response.</summary>
public sealed record RawAnswer(int Status, IReadOnlyList<string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>Checks that the request was rejected, and that the body, if there is one, is a problem.</summary>
    public void ShouldBeRefused()
    {
        Status.ShouldBeInRange(400, 499, Body);
        if (Body.Length > 0)
        {
            Headers.ShouldContain("Content-Type: application/problem+json");
            Json["status"]!.GetValue<int>().ShouldBe(Status);
            Json.Text("code").ShouldNotBeNullOrWhiteSpace();
        }
    }
}

/// <summary>Requests that ordinary clients cannot send.</summary>
public static class RawHttp
{
    /// <summary>Sends raw lines and an empty one, then the body; reads until the server disconnects.</summary>
    public static async Task<RawAnswer> SendRawAsync(this HttpClient client, string[] lines, byte[]? body = null)
    {
        var address = client.BaseAddress!;
        var cancellation = TestContext.Current.CancellationToken;
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, cancellation);
        await using var stream = socket.GetStream();
        string[] head = [.. lines, $"Host: {address.Authority}", "Connection: close", "", ""];
        await stream.WriteAsync(
            (byte[])[.. Encoding.Latin1.GetBytes(string.Join("\r\n", head)), .. body ?? []],
            cancellation
        );

        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, cancellation);
        }
        catch (IOException) when (received.Length > 0)
        {
            // The server has disconnected without reading everything.
        }

        return Parse(received.ToArray());
    }

    /// <summary>
    /// Sends raw bytes and reads one response, without waiting for the server to disconnect; null if there is none.
    /// </summary>
    /// <param name="address">The address of the service.</param>
    /// <param name="request">The request, including framing.</param>
    /// <param name="isHead">Whether the response has no body, whatever its headers say.</param>
    /// <param name="hangUp">Whether to close the sending side after the request, so that the server does not wait for more.</param>
    public static async Task<RawAnswer?> ExchangeAsync(Uri address, byte[] request, bool isHead, bool hangUp)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellation);
        var socket = client.Client;
        var received = new MemoryStream();
        var buffer = new byte[8192];
        try
        {
            await client.GetStream().WriteAsync(request, cancellation);
            if (hangUp)
            {
                socket.Shutdown(SocketShutdown.Send);
            }

            while (await socket.ReceiveAsync(buffer, cancellation) is var count and > 0)
            {
                received.Write(buffer, 0, count);
                if (TryParse(Encoding.Latin1.GetString(received.ToArray()), isHead) is { } answer)
                {
                    return answer;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server has disconnected without reading everything.
        }

        return TryParse(Encoding.Latin1.GetString(received.ToArray()), isHead);
    }

    private static RawAnswer Parse(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return TryParse(text, isHead: false) ?? throw new InvalidDataException($"This is no whole answer: {text}");
    }

    private static RawAnswer? TryParse(string text, bool isHead)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var head = text[..end].Split("\r\n");
        var status = int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var body = text[(end + 4)..];
        if (status is 100)
        {
            return TryParse(body, isHead);
        }

        if (isHead || status is 204 or 304)
        {
            return new(status, head[1..], "");
        }

        if (head.Contains("Transfer-Encoding: chunked", StringComparer.OrdinalIgnoreCase))
        {
            return Join(body) is { } whole ? new(status, head[1..], whole) : null;
        }

        var length = head.Where(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line.AsSpan("Content-Length: ".Length), CultureInfo.InvariantCulture))
            .FirstOrDefault(body.Length);
        return body.Length < length ? null : new(status, head[1..], body[..length]);
    }

    private static string? Join(string chunks)
    {
        var whole = new StringBuilder();
        for (var at = 0; ; )
        {
            var lineEnd = chunks.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (lineEnd < 0)
            {
                return null;
            }

            var length = int.Parse(
                chunks.AsSpan(at, lineEnd - at),
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture
            );
            if (length == 0)
            {
                return whole.ToString();
            }

            if (chunks.Length < lineEnd + 2 + length + 2)
            {
                return null;
            }

            whole.Append(chunks, lineEnd + 2, length);
            at = lineEnd + 2 + length + 2;
        }
    }
}
