using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// A key derived from a password with PBKDF2 (RFC 8018 §5.2), and the parameters. Its text form is
/// <c>$pbkdf2-sha256$i=600000$…$…</c>: digest, number of iterations, and salt and key in Base64 without padding.
/// </summary>
internal sealed class Pbkdf2Hash
{
    // Django 6 uses 1.2 million iterations of SHA-256, and a fifth more with each release. Ten million of SHA-512 take
    // seconds, about as long as the costliest bcrypt hash that is accepted.
    private const int MaxIterations = 10_000_000;
    private const int MinSaltLength = 8;
    private const int MinKeyLength = 16;
    private const int MaxLength = 128;

    private const int MaxBase64Length = (MaxLength + 2) / 3 * 4;

    private readonly HashAlgorithmName _digest;
    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _key;

    private Pbkdf2Hash(HashAlgorithmName digest, int iterations, byte[] salt, byte[] key) =>
        (_digest, _iterations, _salt, _key) = (digest, iterations, salt, key);

    /// <summary>Creates a hash from its parts.</summary>
    /// <returns>Null if a part is out of bounds.</returns>
    public static Pbkdf2Hash? TryCreate(
        HashAlgorithmName digest,
        uint iterations,
        ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> key
    ) =>
        iterations is < 1 or > MaxIterations
        || salt.Length is < MinSaltLength or > MaxLength
        || key.Length is < MinKeyLength or > MaxLength
            ? null
            : new Pbkdf2Hash(digest, (int)iterations, salt.ToArray(), key.ToArray());

    /// <summary>Parses the text form. The key length may be given as well: <c>i=600000,l=32</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Pbkdf2Hash? hash)
    {
        hash = null;
        if (text.Split('$') is not ["", var name, var parameters, var saltText, var keyText])
        {
            return false;
        }

        HashAlgorithmName? digest = name switch
        {
            "pbkdf2-sha1" => HashAlgorithmName.SHA1,
            "pbkdf2-sha256" => HashAlgorithmName.SHA256,
            "pbkdf2-sha512" => HashAlgorithmName.SHA512,
            _ => null,
        };
        if (
            digest is null
            || !TryReadParameters(parameters, out var iterations, out var keyLength)
            || DecodeBase64(saltText) is not { } salt
            || DecodeBase64(keyText) is not { } key
            || (keyLength is not null && keyLength != key.Length)
        )
        {
            return false;
        }

        hash = TryCreate(digest.Value, iterations, salt, key);
        return hash is not null;
    }

    /// <summary>Derives the key from a password and compares it; slow.</summary>
    /// <remarks>
    /// A key longer than the digest consists of blocks, each of which takes all iterations. The first block is enough to
    /// verify a password, and an attacker would compute no more either.
    /// </remarks>
    public bool Matches(byte[] password)
    {
        var length = Math.Min(_key.Length, DigestLength);
        var derived = Rfc2898DeriveBytes.Pbkdf2(password, _salt, _iterations, _digest, length);
        return CryptographicOperations.FixedTimeEquals(derived, _key.AsSpan(0, length));
    }

    public override string ToString() => nameof(Pbkdf2Hash);

    private int DigestLength =>
        _digest == HashAlgorithmName.SHA1 ? SHA1.HashSizeInBytes
        : _digest == HashAlgorithmName.SHA256 ? SHA256.HashSizeInBytes
        : SHA512.HashSizeInBytes;

    private static bool TryReadParameters(string text, out uint iterations, out uint? keyLength)
    {
        iterations = 0;
        keyLength = null;
        var parts = text.Split(',');
        if (parts.Length > 2 || !TryReadNumber(parts[0], "i=", out iterations))
        {
            return false;
        }

        if (parts.Length == 1)
        {
            return true;
        }

        var isNumber = TryReadNumber(parts[1], "l=", out var length);
        keyLength = length;
        return isNumber;
    }

    private static bool TryReadNumber(string text, string name, out uint number)
    {
        number = 0;
        return text.StartsWith(name, StringComparison.Ordinal)
            && uint.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static byte[]? DecodeBase64(string text)
    {
        var digits = text.TrimEnd('=');
        if (digits.Length > MaxBase64Length)
        {
            return null;
        }

        var buffer = new byte[MaxBase64Length];
        var padded = digits.PadRight((digits.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, buffer, out var length) ? buffer[..length] : null;
    }
}
