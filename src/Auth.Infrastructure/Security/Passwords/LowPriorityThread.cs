using System.Runtime.InteropServices;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>A background thread that leaves the processor to the rest of the service.</summary>
internal static partial class LowPriorityThread
{
    /// <summary>Starts one.</summary>
    public static Thread Start(string name, Action work)
    {
        var thread = new Thread(() =>
        {
            LowerPriorityOnLinux();
            work();
        })
        {
            Name = name,
            IsBackground = true,
            Priority = ThreadPriority.BelowNormal,
        };
        // Unsafe: a worker belongs to no request, so it must not keep the ambient values of the first one.
        thread.UnsafeStart();
        return thread;
    }

    /// <summary>.NET leaves thread priorities alone on Linux, where a niceness belongs to the single thread.</summary>
    private static void LowerPriorityOnLinux()
    {
        if (OperatingSystem.IsLinux())
        {
            const int process = 0;
            const uint thisThread = 0;
            const int nice = 10;
            // Without effect where it is refused: the service is then merely less responsive in a flood.
            _ = SetPriority(process, thisThread, nice);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
