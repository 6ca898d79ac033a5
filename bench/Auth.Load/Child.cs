using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Auth.Load;

/// <summary>A measured process.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process, IPEndPoint address) => (_process, Address) = (process, address);

    /// <summary>The port that it listens on.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Its resident memory, in MiB.</summary>
    public double ResidentMemory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024.0);
        }
    }

    /// <summary>The processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a published program, and waits for a successful response from a path, if there is one.</summary>
    public static async Task<(Child Child, TimeSpan Start)> StartAsync(
        string assembly,
        string[] arguments,
        IReadOnlyDictionary<string, string> settings,
        string? path
    )
    {
        var address = new IPEndPoint(IPAddress.Loopback, FindFreePort());
        var info = new ProcessStartInfo("dotnet", ["exec", assembly, .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(assembly),
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{address.Port}"),
            },
        };
        foreach (var (key, value) in settings)
        {
            info.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var start = Stopwatch.GetTimestamp();
        var process = Process.Start(info)!;
        var output = new Queue<string>();
        process.OutputDataReceived += (_, line) =>
        {
            lock (output)
            {
                output.Enqueue(line.Data ?? "");
                while (output.Count > 20)
                {
                    output.Dequeue();
                }
            }
        };
        process.BeginOutputReadLine();
        while (!TryGet(address, path))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(1))
            {
                lock (output)
                {
                    throw new InvalidOperationException($"{assembly} does not answer: {string.Join('\n', output)}");
                }
            }

            await Task.Delay(1);
        }

        return (new(process, address), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Runs a workload and measures the server's processor time.</summary>
    public Measurement Measure(Workload workload, int clients, TimeSpan duration)
    {
        var before = ProcessorTime;
        var measurement = new ClosedLoop(Address, clients).Run(workload, duration);
        return measurement with { ProcessorTime = (ProcessorTime - before) / Math.Max(1, measurement.Count) };
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool TryGet(IPEndPoint address, string? path)
    {
        try
        {
            using var connection = new Connection(0, address);
            connection.Request(Prepared.Get(path ?? "/").Next(0), now: 0);
            while (!connection.TryReceive()) { }

            return path is null || connection.Status is >= 200 and < 300;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
