using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Auth.IntegrationTests.Support;

/// <summary>An authenticator app (RFC 6238), written from the specification and not from the service.</summary>
public sealed class AuthenticatorApp(string base32)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly byte[] _secret = Decode(base32);

    /// <summary>The code at an instant.</summary>
    public string CodeAt(DateTimeOffset at)
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The HMAC that authenticator apps support; collisions of SHA-1 do not weaken it (RFC 6238 §1.2).
        var hash = HMACSHA1.HashData(_secret, step);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & 0x7fffffff;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>A code that is wrong at an instant.</summary>
    public string WrongCodeAt(DateTimeOffset at)
    {
        var right = Enumerable
            .Range(-2, 5)
            .Select(step => CodeAt(at.AddSeconds(30 * step)))
            .ToHashSet(StringComparer.Ordinal);
        return Enumerable
            .Range(0, 10)
            .Select(number => number.ToString("000000", CultureInfo.InvariantCulture))
            .First(code => !right.Contains(code));
    }

    private static byte[] Decode(string text)
    {
        var bytes = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var character in text)
        {
            bits = (bits << 5) | Alphabet.IndexOf(character, StringComparison.Ordinal);
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
                bits &= (1 << count) - 1;
            }
        }

        return [.. bytes];
    }
}
