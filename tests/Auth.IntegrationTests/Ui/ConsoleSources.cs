using Auth.IntegrationTests.Support;
using Auth.IntegrationTests.Ui;

[assembly: AssemblyFixture(typeof(ConsoleSources))]

namespace Auth.IntegrationTests.Ui;

/// <summary>The sources of the console with their packages, in a folder of its own, installed by the first test that needs them.</summary>
public sealed class ConsoleSources : IDisposable
{
    private readonly Lazy<Task<DirectoryInfo>> _folder = new(CopyAsync);

    /// <summary>The built console that is committed.</summary>
    public static string Committed { get; } = Path.Combine(Repository.Root, "src", "Auth.Api", "wwwroot", "account");

    private static string? Npm { get; } = Programs.Find("npm", "npm.cmd");

    public void Dispose()
    {
        if (_folder is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } folder })
        {
            folder.Result.Delete(recursive: true);
        }
    }

    /// <summary>The source of axe-core. Skips the test where there is no Node.js.</summary>
    public async Task<string> ReadAxeAsync() =>
        await File.ReadAllTextAsync(
            Path.Combine(await InstallAsync(), "node_modules", "axe-core", "axe.min.js"),
            TestContext.Current.CancellationToken
        );

    /// <summary>Builds the console. Skips the test where there is no Node.js.</summary>
    /// <returns>The folder of the result.</returns>
    public async Task<string> BuildAsync()
    {
        var folder = await InstallAsync();
        var result = Path.Combine(folder, "built");
        await Programs.RunAsync(
            Npm!,
            ["run", "build", "--", "--outDir", result, "--logLevel", "warn"],
            directory: folder
        );
        return result;
    }

    private async Task<string> InstallAsync()
    {
        Assert.SkipWhen(
            Npm is null || Programs.Find("node", "node.exe") is null,
            "Node.js with npm is not installed here"
        );
        return Path.Combine((await _folder.Value).FullName, "console");
    }

    private static async Task<DirectoryInfo> CopyAsync()
    {
        var folder = Directory.CreateTempSubdirectory("auth-tests-console-");
        var clients = Path.Combine(Repository.Root, "clients");
        Copy(Path.Combine(clients, "console"), Path.Combine(folder.FullName, "console"));
        // The console is built from the source of the client.
        Copy(Path.Combine(clients, "typescript"), Path.Combine(folder.FullName, "typescript"));
        await Programs.RunAsync(
            Npm!,
            ["ci", "--no-audit", "--no-fund"],
            directory: Path.Combine(folder.FullName, "console")
        );
        return folder;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            if (Path.GetFileName(folder) is not ("node_modules" or "dist") and var name)
            {
                Copy(folder, Path.Combine(to, name));
            }
        }
    }
}
