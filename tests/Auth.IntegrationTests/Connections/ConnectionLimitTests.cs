using System.Net.Sockets;
using System.Text;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Connections;

/// <summary>Each connection limit, set so low that it is reached; the tests wait for the server to disconnect.</summary>
public sealed class ConnectionLimitTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private TestService _service = null!;

    public ValueTask InitializeAsync()
    {
        _service = TestService.Start(
            _database,
            clock: null,
            ("Limits:MaxHeaders", "20"),
            ("Limits:MaxHeaderBytes", "4096"),
            ("Limits:HeadersTimeout", "00:00:02"),
            ("Limits:MinBytesPerSecond", "1024"),
            ("Limits:GracePeriod", "00:00:02")
        );
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task A_stalled_body_times_out()
    {
        using var client = await ConnectAsync();

        await client.WriteAsync(
            "POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
        );
        var answer = await client.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 408 ");
        answer.ShouldContain("Content-Type: application/problem+json");
        answer.ShouldContain("\"code\":\"REQUEST_TIMEOUT\"");
    }

    [Fact]
    public async Task Stalled_headers_time_out()
    {
        using var client = await ConnectAsync();

        await client.WriteAsync("GET /health/live HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        var answer = await client.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 408 ");
    }

    [Fact]
    public async Task An_idle_connection_is_closed()
    {
        await using var service = TestService.Start(_database, clock: null, ("Limits:KeepAliveTimeout", "00:00:02"));
        using var client = await ConnectAsync(service);

        await client.WriteAsync("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
        var answer = await client.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 200 ");
        answer.ShouldNotContain("Connection: close");
    }

    [Fact]
    public async Task Too_many_headers_are_rejected()
    {
        var few = string.Concat(Enumerable.Range(0, 18).Select(number => $"X-{number}: a\r\n"));
        var long4K = new string('a', 4_096);

        (await AnswerAsync($"{few}")).ShouldStartWith("HTTP/1.1 200 ");
        (await AnswerAsync($"{few}X-18: a\r\n")).ShouldStartWith("HTTP/1.1 431 ");
        (await AnswerAsync($"X-Long: {long4K}\r\n")).ShouldStartWith("HTTP/1.1 431 ");

        async Task<string> AnswerAsync(string headers)
        {
            using var client = await ConnectAsync();
            await client.WriteAsync($"GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n");
            return await client.ReadToEndAsync();
        }
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_later_ones_served_again()
    {
        await using var service = TestService.Start(_database, clock: null, ("Limits:MaxConnections", "2"));
        using (var first = await ConnectAsync(service))
        using (var second = await ConnectAsync(service))
        using (var third = await ConnectAsync(service))
        {
            (await first.IsServedAsync()).ShouldBeTrue();
            (await second.IsServedAsync()).ShouldBeTrue();
            (await third.IsServedAsync()).ShouldBeFalse();
        }

        await Proof.EventuallyAsync(
            async () =>
            {
                using var later = await ConnectAsync(service);
                return await later.IsServedAsync();
            },
            "room for a new connection"
        );
    }

    [Fact]
    public async Task Anything_but_HTTP_is_rejected()
    {
        using var client = await ConnectAsync();

        await client.WriteAsync(
            "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );

        (await client.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 200 ");
    }

    private async Task<Connection> ConnectAsync(TestService? service = null)
    {
        var address = (service ?? _service).Client.BaseAddress!;
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        return new(client);
    }

    private sealed class Connection(TcpClient client) : IDisposable
    {
        public async Task WriteAsync(string text) =>
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);

        public async Task<string> ReadToEndAsync()
        {
            using var received = new MemoryStream();
            await client.GetStream().CopyToAsync(received, TestContext.Current.CancellationToken);
            return Encoding.UTF8.GetString(received.ToArray());
        }

        public async Task<bool> IsServedAsync()
        {
            try
            {
                await WriteAsync("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
                return await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken) > 0;
            }
            catch (IOException)
            {
                return false;
            }
        }

        public void Dispose() => client.Dispose();
    }
}
