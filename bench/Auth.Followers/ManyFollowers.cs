using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Auth.Flood;

namespace Auth.Followers;

/// <summary>What many followers cost an instance while nothing changes: processor time and memory.</summary>
internal static class ManyFollowers
{
    private const string Path = "/.well-known/revocations";

    // Pollers share connections, as behind a proxy.
    private const int Connections = 200;

    public static async Task MeasureAsync(string assembly, bool streams, int count, TimeSpan time)
    {
        await using var service = await RunningService.StartAsync(
            assembly,
            ("Limits__MaxConnections", (3 * count).ToString(CultureInfo.InvariantCulture))
        );
        using var stop = new CancellationTokenSource();
        var received = 0L;
        using var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            MaxConnectionsPerServer = streams ? count : Connections,
        };
        using var client = new HttpClient(handler)
        {
            BaseAddress = service.Client.BaseAddress,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var followers = Enumerable
            .Range(0, count)
            .Select(i => streams ? StreamAsync() : PollAsync(i * 1000.0 / count))
            .ToList();
        await Task.Delay(TimeSpan.FromSeconds(20)); // until all are connected

        var (processor, memory, answers) = (service.ProcessorTime, service.ReadMemory().Now, received);
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(time);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {count:N0} followers by {(streams ? "streams" : "polls")}, for {elapsed:N0} s:
                  {100 * (service.ProcessorTime - processor).TotalSeconds / elapsed:0.0} % of a core
                  {(received - answers) / elapsed:N0} {(streams ? "writes" : "answers")}/s
                  {memory} MiB at the start, {service.ReadMemory().Now} MiB at the end
                """
            )
        );
        await stop.CancelAsync();
        await Task.WhenAll(followers);

        async Task StreamAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Path);
            request.Headers.Accept.Add(new("text/event-stream"));
            try
            {
                using var response = await client.SendAsync(
                    request,
                    HttpCompletionOption.ResponseHeadersRead,
                    stop.Token
                );
                response.EnsureSuccessStatusCode();
                var body = await response.Content.ReadAsStreamAsync(stop.Token);
                var buffer = new byte[1024];
                while (await body.ReadAsync(buffer, stop.Token) > 0)
                {
                    Interlocked.Increment(ref received);
                }
            }
            catch (OperationCanceledException)
            {
                // the end
            }
        }

        async Task PollAsync(double delay)
        {
            EntityTagHeaderValue? tag = null;
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(delay), stop.Token);
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
                do
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, Path);
                    if (tag is not null)
                    {
                        request.Headers.IfNoneMatch.Add(tag);
                    }

                    using var response = await client.SendAsync(request, stop.Token);
                    tag = response.Headers.ETag;
                    Interlocked.Increment(ref received);
                } while (await timer.WaitForNextTickAsync(stop.Token));
            }
            catch (OperationCanceledException)
            {
                // the end
            }
        }
    }
}
