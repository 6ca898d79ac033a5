using System.Security.Cryptography;
using System.Text;

namespace Auth.Api.Configuration;

/// <summary>
/// The master key in Development: generated on first start and stored in a file next to the database, so that sessions and
/// keys survive a restart without configuration.
/// </summary>
internal static class DevelopmentMasterKey
{
    /// <summary>Returns the path of the file for a database.</summary>
    public static string PathFor(string databasePath) => databasePath + ".master-key";

    /// <summary>Loads the key, or creates it if there is none. Instances that start at once agree on one.</summary>
    /// <exception cref="SettingsException">The file does not contain a valid key.</exception>
    /// <exception cref="IOException">Another process kept the file locked for five seconds.</exception>
    public static byte[] LoadOrCreate(string path)
    {
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        using var file = OpenAlone(path);
        return MasterKeyText.FindProblem(ReadOrWrite(file).Trim(), out var key, allowSamples: true) is { } problem
            ? throw new SettingsException([
                $"Security:MasterKey: the file {path} does not contain a valid key: {problem}"
                    + " Restore it, or delete it together with the database to start over.",
            ])
            : key;
    }

    // The lock on the file decides which instance writes the key. Renaming a finished file would not: on Unix File.Move
    // checks for the target and then replaces it, so two instances could each use their own key.
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
