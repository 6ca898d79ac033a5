using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Auth.Load;

/// <summary>The programs, published as in production: Release, compiled ahead of time.</summary>
internal sealed class Published
{
    /// <param name="folder">The folder with a folder for each program.</param>
    public Published(string folder) => (Service, Peers) = (PathOf(folder, "Auth.Api"), PathOf(folder, "Auth.Peers"));

    /// <summary>The service.</summary>
    public string Service { get; }

    /// <summary>The peers.</summary>
    public string Peers { get; }

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Publishes them.</summary>
    public static async Task<Published> MakeAsync(string folder)
    {
        var published = new Published(folder);
        await PublishAsync("src/Auth.Api", Path.GetDirectoryName(published.Service)!);
        await PublishAsync("bench/Auth.Peers", Path.GetDirectoryName(published.Peers)!);
        return published;
    }

    /// <summary>Runs a program in the root of the repository.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(info)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}");
    }

    private static Task<string> PublishAsync(string project, string folder) =>
        RunAsync(
            "dotnet",
            "publish",
            project,
            "--configuration",
            "Release",
            "--runtime",
            RuntimeInformation.RuntimeIdentifier,
            "--self-contained",
            "false",
            "-p:PublishReadyToRun=true",
            "--output",
            folder
        );

    private static string PathOf(string folder, string name) => Path.Combine(folder, name, name + ".dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Auth.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("There is no Auth.sln above the program.");
        }

        return folder.FullName;
    }
}
