namespace Auth.IntegrationTests.Support;

/// <summary>The command <c>import-users</c> as operators call it: a separate process on the database of a test.</summary>
public sealed class Import(TestDatabase database) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("auth-import-");

    /// <summary>The file to import.</summary>
    public string File => PathOf("users");

    /// <summary>The file that maps old ids to new ones.</summary>
    public string IdsFile => PathOf("ids.ndjson");

    public void Dispose() => _directory.Delete(recursive: true);

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Imports a text as a UTF-8 file.</summary>
    public async Task<(int ExitCode, string Report)> RunAsync(string text, params string[] options)
    {
        await System.IO.File.WriteAllTextAsync(File, text, TestContext.Current.CancellationToken);
        return await CommandAsync(["import-users", File, .. options]);
    }

    /// <summary>Runs any command; its report is its standard error.</summary>
    public async Task<(int ExitCode, string Report)> CommandAsync(params string[] arguments)
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(
            [.. arguments, "--Passwords:BcryptCost=4"],
            [
                ("ASPNETCORE_ENVIRONMENT", "Development"),
                ("DOTNET_ENVIRONMENT", "Development"),
                ("Database:Provider", database.Provider),
                ("ConnectionStrings:Auth", database.ConnectionString),
                ("Security:MasterKey", TestService.MasterKey),
            ]
        );
        return (exitCode, string.Join('\n', errors));
    }
}
