using Auth.IntegrationTests.Clients;
using Auth.IntegrationTests.Support;

[assembly: AssemblyFixture(typeof(ClientPackage))]

namespace Auth.IntegrationTests.Clients;

/// <summary>The TypeScript client, installed and built in a separate folder by the first test that needs it.</summary>
public sealed class ClientPackage : IDisposable
{
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
    public async Task<string> InstallAsync() => (await _folder.Value).FullName;

    /// <summary>Runs a program of the package's development tools in its folder.</summary>
    public async Task RunAsync(params string[] arguments) =>
        await Npm.RunAsync(await InstallAsync(), ["exec", "--", .. arguments]);

    private static async Task<DirectoryInfo> BuildAsync()
    {
        var folder = Directory.CreateTempSubdirectory("auth-tests-client-");
        Npm.Copy(Sources, folder.FullName, without: ["node_modules", "dist", "examples", "test"]);
        await Npm.InstallAsync(folder.FullName);
        await Npm.RunAsync(folder.FullName, ["run", "build"]);
        return folder;
    }
}
