using System.Runtime.InteropServices;
using System.Text;

namespace Auth.UnitTests.Security.Passwords;

/// <summary>libxcrypt's bcrypt, if the system has it.</summary>
internal static unsafe partial class SystemCrypt
{
    // struct crypt_data
    private const int DataLength = 32768;

    public static bool IsAvailable { get; } = NativeLibrary.TryLoad("libcrypt.so.1", out _);

    /// <summary>Hashes a password (without NUL) with the prefix, cost and salt of a setting.</summary>
    public static string? Hash(byte[] password, string setting)
    {
        byte[] phrase = [.. password, 0];
        byte[] settingBytes = [.. Encoding.ASCII.GetBytes(setting), 0];
        var data = new byte[DataLength];
        fixed (byte* phrasePointer = phrase)
        fixed (byte* settingPointer = settingBytes)
        fixed (byte* dataPointer = data)
        {
            return Marshal.PtrToStringUTF8(CryptRn(phrasePointer, settingPointer, dataPointer, data.Length));
        }
    }

    [LibraryImport("libcrypt.so.1", EntryPoint = "crypt_rn")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint CryptRn(byte* phrase, byte* setting, byte* data, int size);
}
