using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Auth.Load;

/// <summary>The system's bcrypt.</summary>
internal static partial class Libxcrypt
{
    private const int DataLength = 32 * 1024;

    private const string Name = "libcrypt.so.1";

    /// <summary>Whether it is available.</summary>
    public static bool IsAvailable => NativeLibrary.TryLoad(Name, out _);

    /// <summary>Computes hashes on all cores, one after another on each.</summary>
    public static Measurement Measure(string password, int cost, TimeSpan duration)
    {
        var count = 0;
        var start = Stopwatch.GetTimestamp();
        var threads = Enumerable
            .Range(0, Environment.ProcessorCount)
            .Select(_ => new Thread(() =>
            {
                var hasher = new Hasher(password, cost);
                while (Stopwatch.GetElapsedTime(start) < duration)
                {
                    hasher.Run();
                    Interlocked.Increment(ref count);
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return new(count, Stopwatch.GetElapsedTime(start), new());
    }

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint crypt_r(string phrase, string setting, byte[] data);

    /// <summary>Computes the same hash repeatedly.</summary>
    internal sealed class Hasher(string password, int cost)
    {
        private readonly byte[] _data = GC.AllocateArray<byte>(DataLength, pinned: true);
        private readonly string _setting = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"$2b${cost:00}$abcdefghijklmnopqrstuu"
        );

        public string Run() => Marshal.PtrToStringAnsi(crypt_r(password, _setting, _data))!;
    }
}
