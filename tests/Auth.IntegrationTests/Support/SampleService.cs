using System.Diagnostics;

namespace Auth.IntegrationTests.Support;

/// <summary>A sample service in a process of its own.</summary>
public sealed class SampleService : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private SampleService(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>Starts a program that says on its output where it listens.</summary>
    public static async Task<SampleService> StartAsync(
        string program,
        IEnumerable<string> arguments,
        string directory,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = directory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        try
        {
            while (true)
            {
                var line =
                    await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                    ?? throw new InvalidOperationException($"{program} ended without listening.");
                var index = line.IndexOf(Listening, StringComparison.Ordinal);
                if (index >= 0)
                {
                    // Read on, so that the program never waits for somebody to do so.
                    _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                    return new(process, new Uri(line[(index + Listening.Length)..].Trim()));
                }
            }
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
