namespace Auth.Api.Configuration;

/// <summary>Restricts files to the user of the service. Windows has ACLs instead of modes; they are not changed.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OthersReadWrite = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Creates a folder if it does not exist.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerReadWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Creates an empty file if it does not exist.</summary>
    public static void Create(string path)
    {
        // Never opens an existing file: closing it would release the locks that SQLite holds on it in this process.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        SetMode(options);
        try
        {
            using var file = new FileStream(path, options);
        }
        catch (IOException) when (Path.Exists(path))
        {
            // The file exists, perhaps since another instance created it.
        }
    }

    /// <summary>Makes a file that is about to be created private.</summary>
    public static void SetMode(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerReadWrite;
        }
    }

    /// <summary>Whether users other than the owner and group can read or change a file, or list a folder.</summary>
    public static bool IsOpenToOthers(string path)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(path))
        {
            return false;
        }

        // Checks the target of a link: links themselves are accessible to everybody.
        var info = new FileInfo(path);
        var target = info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? info.FullName;
        return (File.GetUnixFileMode(target) & OthersReadWrite) != UnixFileMode.None
            && CanOthersEnter(Path.GetDirectoryName(target));
    }

    private static bool CanOthersEnter(string? folder) =>
        folder is null
        || (
            !OperatingSystem.IsWindows()
            && File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute)
            && CanOthersEnter(Path.GetDirectoryName(folder))
        );
}
