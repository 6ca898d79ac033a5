namespace Auth.Api.Configuration;

/// <summary>Files that only the user of the service should be able to read. Windows has lists of rights instead of modes; they are left alone.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OthersReadWrite = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Creates a folder where there is none.</summary>
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

    /// <summary>Creates an empty file where there is none.</summary>
    public static void Create(string path)
    {
        // Never opens one that exists: closing it would release the locks that SQLite has on it in this process.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        SetMode(options);
        try
        {
            using var file = new FileStream(path, options);
        }
        catch (IOException) when (Path.Exists(path))
        {
            // Another instance was quicker, or it has been there all the time.
        }
    }

    /// <summary>Has a file that is created be private.</summary>
    public static void SetMode(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerReadWrite;
        }
    }

    /// <summary>Whether users of the machine other than its owner and group can read or change a file, or list a folder.</summary>
    public static bool IsOpenToOthers(string path)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(path))
        {
            return false;
        }

        // The target of a link: links themselves are open to everybody.
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
