using System.Runtime.InteropServices;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>Starts background threads of low priority.</summary>
internal static partial class LowPriorityThread
{
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
        // Unsafe: a worker must not capture the execution context of the request that happened to start it.
        thread.UnsafeStart();
        return thread;
    }

    /// <summary>.NET does not set thread priorities on Linux, where each thread has a nice value.</summary>
    private static void LowerPriorityOnLinux()
    {
        if (OperatingSystem.IsLinux())
        {
            const int process = 0;
            const uint thisThread = 0;
            const int nice = 10;
            // Errors are ignored: the service is then merely less responsive under load.
            _ = SetPriority(process, thisThread, nice);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
