using Auth.IntegrationTests.Clients;
using Auth.IntegrationTests.Support;

[assembly: AssemblyFixture(typeof(ClientPackage))]

namespace Auth.IntegrationTests.Clients;

/// <summary>The TypeScript client, installed and built in a separate folder by the first test that needs it.</summary>
public sealed class ClientPackage : IDisposable
{
    private static readonly string[] s_files = ["package.json", "package-lock.json", "tsconfig.json"];

    private readonly Lazy<Task<DirectoryInfo>> _folder = new(BuildAsync);

    /// <summary>The folder of its sources in this repository.</summary>
    public static string Sources { get; } = Path.Combine(Repository.Root, "clients", "typescript");

    public void Dispose()
    {
        if (_folder is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } folder })
        {
            folder.Result.Delete(recursive: true);
        }
    }

    /// <summary>The folder of the built package. Skips the test if there is no Node.js.</summary>
    public async Task<string> InstallAsync()
    {
        Assert.SkipWhen(
            Npm is null || Programs.Find("node", "node.exe") is null,
            "Node.js with npm is not installed here"
        );
        return (await _folder.Value).FullName;
    }

    /// <summary>Runs a program of the package's development tools in its folder.</summary>
    public async Task RunAsync(params string[] arguments) =>
        await Programs.RunAsync(Npm!, ["exec", "--", .. arguments], directory: await InstallAsync());

    private static string? Npm { get; } = Programs.Find("npm", "npm.cmd");

    private static async Task<DirectoryInfo> BuildAsync()
    {
        var folder = Directory.CreateTempSubdirectory("auth-tests-client-");
        var sources = folder.CreateSubdirectory("src");
        foreach (var file in s_files)
        {
            File.Copy(Path.Combine(Sources, file), Path.Combine(folder.FullName, file));
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Sources, "src")))
        {
            File.Copy(file, Path.Combine(sources.FullName, Path.GetFileName(file)));
        }

        await Programs.RunAsync(Npm!, ["ci", "--no-audit", "--no-fund"], directory: folder.FullName);
        await Programs.RunAsync(Npm!, ["run", "build"], directory: folder.FullName);
        return folder;
    }
}
