using System.Security.Cryptography;

namespace Auth.Api.Hosting;

/// <summary>
/// The master key of a developer's machine: made on first start and kept in a file beside the database, so that
/// sessions and keys outlive a restart without anybody having to configure a secret.
/// </summary>
internal static class DevelopmentMasterKey
{
    /// <summary>The file for a database.</summary>
    public static string PathFor(string databasePath) => databasePath + ".master-key";

    /// <summary>Reads the key, and makes it before if there is none. Instances that start at once agree on one.</summary>
    /// <exception cref="SettingsException">The file holds something else.</exception>
    public static byte[] LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        return MasterKeyText.FindProblem(File.ReadAllText(path).Trim(), out var key, allowSamples: true) is { } problem
            ? throw new SettingsException([
                $"Security:MasterKey: the file {path} should hold the generated key, but {problem}"
                    + " Restore it; or delete it together with the database for a fresh start.",
            ])
            : key;
    }

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Written aside and moved into place, which fails if another instance was faster: nobody reads half a key, and
        // nobody replaces a key that is already in use.
        var draft = $"{path}.{Guid.CreateVersion7():N}";
        Write(draft, Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretStrength.MinLength)));
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.WriteLine(text);
    }
}
