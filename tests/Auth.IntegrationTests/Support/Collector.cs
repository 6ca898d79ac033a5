using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Auth.IntegrationTests.Support;

/// <summary>A fake OpenTelemetry collector that keeps everything it receives.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly StringBuilder _received = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Everything received so far. Names and values are text in protobuf.</summary>
    public string Received
    {
        get
        {
            lock (_lock)
            {
                return _received.ToString();
            }
        }
    }

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new Collector(app);
        app.Run(collector.ReceiveAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>Waits until all these texts have been received; fails after a deadline far beyond what that takes.</summary>
    public async Task ReceiveAsync(IReadOnlyCollection<string> texts)
    {
        var deadline = TimeSpan.FromMinutes(5);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task news;
            lock (_lock)
            {
                news = _news.Task;
            }

            var missing = texts.Where(text => !Received.Contains(text, StringComparison.Ordinal)).ToList();
            if (missing.Count == 0)
            {
                return;
            }

            // Other texts keep arriving, so the deadline is that of all together.
            var left = deadline - TimeProvider.System.GetElapsedTime(started);
            left.ShouldBeGreaterThan(TimeSpan.Zero, "Never sent: " + string.Join(", ", missing));
            try
            {
                await news.WaitAsync(left, TestContext.Current.CancellationToken);
            }
            catch (TimeoutException timeout)
            {
                throw new InvalidOperationException("Never sent: " + string.Join(", ", missing), timeout);
            }
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        lock (_lock)
        {
            _received.Append(text).Append('\n');
            _news.TrySetResult();
            _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
