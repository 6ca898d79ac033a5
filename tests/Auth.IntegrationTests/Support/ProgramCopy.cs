namespace Auth.IntegrationTests.Support;

/// <summary>The program in a separate folder, as operators publish it, without a settings file.</summary>
public sealed class ProgramCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("auth-program-");

    public ProgramCopy()
    {
        foreach (var entry in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFileSystemInfos())
        {
            var path = Path.Combine(Folder, entry.Name);
            if (entry.Name.StartsWith("Auth.Api.", StringComparison.Ordinal))
            {
                // The runtime resolves links to the program itself, and would use the other folder.
                File.Copy(entry.FullName, path);
            }
            else if (entry is DirectoryInfo { Name: "runtimes" })
            {
                Directory.CreateSymbolicLink(path, entry.FullName);
            }
            else if (entry.Extension == ".dll")
            {
                File.CreateSymbolicLink(path, entry.FullName);
            }
        }
    }

    public string Folder => _folder.FullName;

    /// <summary>The default path of the database.</summary>
    public string Database => Path.Combine(Folder, "data", "auth.db");

    /// <summary>Writes the settings file.</summary>
    public void WriteSettings(string json) => File.WriteAllText(Path.Combine(Folder, "appsettings.json"), json);

    public void Dispose() => _folder.Delete(recursive: true);
}
