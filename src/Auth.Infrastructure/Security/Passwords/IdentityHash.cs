using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// The PBKDF2 hashes of ASP.NET Core Identity: Base64 of a format byte (0 for version 2, 1 for version 3), the parameters
/// (version 3 only), the salt and the derived key.
/// </summary>
internal static class IdentityHash
{
    private const int MaxTextLength = 512;
    private const int Version3HeaderLength = 13;
    private const int Version2Length = 1 + 16 + 32;
    private const int Version2Iterations = 1000;

    public static bool TryParse(string text, [NotNullWhen(true)] out Pbkdf2Hash? hash)
    {
        hash = null;
        var buffer = new byte[MaxTextLength];
        if (text.Length > MaxTextLength || !Convert.TryFromBase64String(text, buffer, out var length))
        {
            return false;
        }

        var bytes = buffer.AsSpan(0, length);
        hash = bytes switch
        {
            [0, ..] => ParseVersion2(bytes),
            [1, ..] => ParseVersion3(bytes),
            _ => null,
        };
        return hash is not null;
    }

    private static Pbkdf2Hash? ParseVersion2(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Version2Length
            ? Pbkdf2Hash.TryCreate(HashAlgorithmName.SHA1, Version2Iterations, bytes[1..17], bytes[17..])
            : null;

    private static Pbkdf2Hash? ParseVersion3(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Version3HeaderLength)
        {
            return null;
        }

        HashAlgorithmName? digest = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) switch
        {
            0 => HashAlgorithmName.SHA1,
            1 => HashAlgorithmName.SHA256,
            2 => HashAlgorithmName.SHA512,
            _ => null,
        };
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]);
        var saltLength = BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]);
        var rest = bytes[Version3HeaderLength..];
        return digest is null || saltLength > rest.Length
            ? null
            : Pbkdf2Hash.TryCreate(digest.Value, iterations, rest[..(int)saltLength], rest[(int)saltLength..]);
    }
}
