using System.Diagnostics;

namespace Auth.IntegrationTests.Support;

/// <summary>A sample service in a separate process.</summary>
public sealed class SampleService : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly Task _reading;
    private DirectoryInfo? _ownFolder;

    private SampleService(Process process, Uri address)
    {
        _process = process;
        _reading = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // or the program would block on its output
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    /// <summary>Starts the .NET sample as documented, on a free port.</summary>
    /// <param name="issuer">The issuer of the accepted tokens.</param>
    /// <param name="audience">The audience of the accepted tokens.</param>
    /// <param name="origin">The origin whose pages may call it.</param>
    public static Task<SampleService> StartArticlesAsync(string issuer, string audience, string origin = "")
    {
        // The build configuration of the tests, Debug or Release.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return StartAsync(
            Programs.Find("dotnet", "dotnet.exe")!,
            [
                "run",
                "--no-build",
                "--configuration",
                configuration,
                "--project",
                "samples/Articles.Api",
                "--",
                "--urls",
                "http://127.0.0.1:0",
            ],
            Repository.Root,
            Listening,
            ("Auth__Authority", issuer),
            ("Auth__Audience", audience),
            ("Cors__AllowedOrigins__0", origin)
        );
    }

    /// <summary>Starts the Node.js sample as documented, on a free port, in a separate folder with a built client.</summary>
    public static async Task<SampleService> StartNodeAsync(string client, string issuer, string audience)
    {
        var npm = Npm.Program;
        var root = Directory.CreateTempSubdirectory("auth-tests-node-");
        try
        {
            var folder = Path.Combine(root.FullName, "samples", "node");
            Npm.Copy(Path.Combine(Repository.Root, "samples", "node"), folder, without: ["node_modules"]);
            Npm.Copy(client, Path.Combine(root.FullName, "clients", "typescript"), without: ["node_modules"]);
            await Npm.InstallAsync(folder);
            var service = await StartAsync(
                npm,
                ["start"],
                folder,
                Listening,
                ("PORT", "0"),
                ("AUTH_AUTHORITY", issuer),
                ("AUTH_AUDIENCE", audience)
            );
            service._ownFolder = root;
            return service;
        }
        catch
        {
            root.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Starts a program that prints its address after a given text.</summary>
    internal static async Task<SampleService> StartAsync(
        string program,
        IEnumerable<string> arguments,
        string directory,
        string listening,
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
                var index = line.IndexOf(listening, StringComparison.Ordinal);
                if (index >= 0)
                {
                    return new(process, new Uri(line[(index + listening.Length)..].Trim()));
                }
            }
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true); // dotnet run and npm start run the service in a child process
        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading; // until the children have ended, too: they write into the folder
        _process.Dispose();
        _ownFolder?.Delete(recursive: true);
    }
}
