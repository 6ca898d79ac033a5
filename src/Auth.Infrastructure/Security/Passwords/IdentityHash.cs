using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// A hash that ASP.NET Core Identity has stored: Base64 of a format byte (0 for version 2, 1 for version 3), the
/// parameters of PBKDF2 (version 3 only), the salt and the derived key.
/// </summary>
internal sealed class IdentityHash
{
    private const int MaxTextLength = 512;
    private const int MaxIterations = 1_000_000;
    private const int MinLength = 16;
    private const int MaxLength = 128;
    private const int Version3HeaderLength = 13;
    private const int Version2Length = 1 + 16 + 32;

    private readonly HashAlgorithmName _algorithm;
    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _key;

    private IdentityHash(HashAlgorithmName algorithm, int iterations, byte[] salt, byte[] key) =>
        (_algorithm, _iterations, _salt, _key) = (algorithm, iterations, salt, key);

    public static bool TryParse(string text, [NotNullWhen(true)] out IdentityHash? hash)
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

    /// <summary>Derives the key from a password and compares; slow.</summary>
    public bool Matches(byte[] password)
    {
        var derived = Rfc2898DeriveBytes.Pbkdf2(password, _salt, _iterations, _algorithm, _key.Length);
        return CryptographicOperations.FixedTimeEquals(derived, _key);
    }

    public override string ToString() => nameof(IdentityHash);

    private static IdentityHash? ParseVersion2(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Version2Length
            ? new IdentityHash(HashAlgorithmName.SHA1, 1000, bytes[1..17].ToArray(), bytes[17..].ToArray())
            : null;

    private static IdentityHash? ParseVersion3(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Version3HeaderLength)
        {
            return null;
        }

        HashAlgorithmName? algorithm = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) switch
        {
            0 => HashAlgorithmName.SHA1,
            1 => HashAlgorithmName.SHA256,
            2 => HashAlgorithmName.SHA512,
            _ => null,
        };
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]);
        var saltLength = BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]);
        var rest = bytes[Version3HeaderLength..];
        if (
            algorithm is null
            || iterations is < 1 or > MaxIterations
            || saltLength is < MinLength or > MaxLength
            || rest.Length - (int)saltLength is < MinLength or > MaxLength
        )
        {
            return null;
        }

        var salt = rest[..(int)saltLength].ToArray();
        return new IdentityHash(algorithm.Value, (int)iterations, salt, rest[(int)saltLength..].ToArray());
    }
}
