namespace Auth.IntegrationTests.Support;

/// <summary>The package manager of Node.js. Tests are skipped if it is not installed, or the registry is unreachable.</summary>
public static class Npm
{
    private static readonly string[] s_unreachable = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT"];

    private static readonly string? s_program = Programs.Find("npm", "npm.cmd");

    /// <summary>The path of npm. Skips the test if there is no Node.js.</summary>
    public static string Program
    {
        get
        {
            Assert.SkipWhen(
                s_program is null || Programs.Find("node", "node.exe") is null,
                "Node.js with npm is not installed here"
            );
            return s_program;
        }
    }

    /// <summary>Runs an npm command in a package folder and returns its output.</summary>
    public static Task<string> RunAsync(
        string folder,
        string[] arguments,
        params (string Name, string Value)[] environment
    ) => Programs.RunAsync(Program, arguments, directory: folder, environment: environment);

    /// <summary>Installs packages. Skips the test if the registry is unreachable.</summary>
    public static async Task InstallAsync(string folder, params string[] arguments)
    {
        string[] quiet = ["--no-audit", "--no-fund"];
        try
        {
            await RunAsync(folder, [.. arguments.DefaultIfEmpty("ci"), .. quiet]);
        }
        catch (ShouldAssertException failure)
            when (s_unreachable.Any(code => failure.Message.Contains(code, StringComparison.Ordinal)))
        {
            Assert.Skip("the npm registry is unreachable");
        }
    }

    /// <summary>Copies a package folder, except for some subfolders.</summary>
    public static void Copy(string source, string target, IReadOnlyCollection<string> without)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(source))
        {
            var name = Path.GetFileName(folder);
            if (!without.Contains(name))
            {
                Copy(folder, Path.Combine(target, name), without);
            }
        }
    }
}
