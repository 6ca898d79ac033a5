using System.Security.Cryptography;
using System.Text;

namespace Auth.Api.Configuration;

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
    /// <exception cref="IOException">Another process has kept the file to itself for five seconds.</exception>
    public static byte[] LoadOrCreate(string path)
    {
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        using var file = OpenAlone(path);
        return MasterKeyText.FindProblem(ReadOrWrite(file).Trim(), out var key, allowSamples: true) is { } problem
            ? throw new SettingsException([
                $"Security:MasterKey: the file {path} should hold the generated key, but {problem}"
                    + " Restore it; or delete it together with the database for a fresh start.",
            ])
            : key;
    }

    // The lock on the file decides who writes the key. Moving a finished file into place would not: on Unix
    // File.Move looks for the target first and then replaces it, and two instances could each use their own key.
    private static FileStream OpenAlone(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        PrivateFiles.SetMode(options);

        FileStream? file = null;
        return SpinWait.SpinUntil(() => TryOpen(path, options, out file), TimeSpan.FromSeconds(5))
            ? file!
            : new FileStream(path, options);
    }

    private static bool TryOpen(string path, FileStreamOptions options, out FileStream? file)
    {
        try
        {
            file = new FileStream(path, options);
        }
        catch (IOException)
        {
            file = null;
        }

        return file is not null;
    }

    private static string ReadOrWrite(FileStream file)
    {
        if (file.Length > 0)
        {
            using var reader = new StreamReader(file, leaveOpen: true);
            return reader.ReadToEnd();
        }

        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretStrength.MinLength));
        file.Write(Encoding.ASCII.GetBytes(text + Environment.NewLine));
        file.Flush(flushToDisk: true);
        return text;
    }
}
