using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Auth.IntegrationTests.Support;

/// <summary>An answer as it came over the wire.</summary>
public sealed record RawAnswer(int Status, IReadOnlyList<string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>Checks that the request was refused, and that the body, if there is one, is a problem.</summary>
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

/// <summary>Requests that a decent client cannot send.</summary>
public static class RawHttp
{
    /// <summary>Sends lines as they are, with an empty one at the end, then the body; reads until the server hangs up.</summary>
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
            // The server has hung up on what it did not want to read.
        }

        return Parse(received.ToArray());
    }

    private static RawAnswer Parse(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        end.ShouldBeGreaterThan(0, text);
        var head = text[..end].Split("\r\n");
        var body = text[(end + 4)..];
        if (head.Contains("Transfer-Encoding: chunked", StringComparer.OrdinalIgnoreCase))
        {
            body = Join(body);
        }

        return new(int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture), head[1..], body);
    }

    private static string Join(string chunks)
    {
        var whole = new StringBuilder();
        for (var at = 0; ; )
        {
            var lineEnd = chunks.IndexOf("\r\n", at, StringComparison.Ordinal);
            var length = int.Parse(chunks[at..lineEnd], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                return whole.ToString();
            }

            whole.Append(chunks, lineEnd + 2, length);
            at = lineEnd + 2 + length + 2;
        }
    }
}
