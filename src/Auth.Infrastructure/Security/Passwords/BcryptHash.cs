using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>A hash in bcrypt's text form: <c>$2b$</c>, two digits of cost, <c>$</c>, 22 and 31 characters.</summary>
/// <remarks>
/// <c>$2a$</c> and <c>$2y$</c> are equivalent. Only two bits of the 22nd character of the salt are significant; like other
/// software, we ignore the other four. <c>$2x$</c> marks hashes of a faulty implementation and is not supported.
/// </remarks>
internal sealed class BcryptHash
{
    public const int TextLength = 60;

    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int SaltStart = 7;
    private const int DigestStart = 29;

    private BcryptHash(int cost, byte[] salt, byte[] digest) => (Cost, Salt, Digest) = (cost, salt, digest);

    /// <summary>The number of rounds, as a power of two.</summary>
    public int Cost { get; }

    public byte[] Salt { get; }

    public byte[] Digest { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out BcryptHash? hash)
    {
        hash = null;
        if (
            text.Length != TextLength
            || text is not ['$', '2', 'a' or 'b' or 'y', '$', >= '0' and <= '3', >= '0' and <= '9', '$', ..]
        )
        {
            return false;
        }

        var cost = ((text[4] - '0') * 10) + (text[5] - '0');
        var salt = new byte[Bcrypt.SaltLength];
        var digest = new byte[Bcrypt.DigestLength];
        // No software sets the unused bits of a digest: such a text is corrupt.
        if (
            cost is < Bcrypt.MinCost or > Bcrypt.MaxCost
            || Decode(text[SaltStart..DigestStart], salt) is null
            || Decode(text[DigestStart..], digest) is not 0
        )
        {
            return false;
        }

        hash = new BcryptHash(cost, salt, digest);
        return true;
    }

    /// <summary>Formats a computed hash.</summary>
    public static string Format(BcryptJob input) => FormatSetting(input) + Encode(input.Digest);

    /// <summary>Formats version, cost and salt: everything before the digest.</summary>
    public static string FormatSetting(BcryptJob input) =>
        string.Create(CultureInfo.InvariantCulture, $"$2b${input.Cost:00}${Encode(input.Salt)}");

    /// <summary>Compares with a computed hash, in constant time.</summary>
    public bool Matches(BcryptJob computed) =>
        computed.Cost == Cost
        && CryptographicOperations.FixedTimeEquals(computed.Salt, Salt)
        && CryptographicOperations.FixedTimeEquals(computed.Digest, Digest);

    public override string ToString() => nameof(BcryptHash);

    // Base64 without padding, with an alphabet of its own.
    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[((bytes.Length * 8) + 5) / 6];
        for (var i = 0; i < text.Length; i++)
        {
            var bit = i * 6;
            var pair = (bytes[bit / 8] << 8) | ((bit / 8) + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
            text[i] = Alphabet[(pair >> (10 - (bit % 8))) & 63];
        }

        return new string(text);
    }

    /// <summary>Decodes a text.</summary>
    /// <returns>The remaining bits; null if a character is not in the alphabet.</returns>
    private static int? Decode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var bits = 0;
        var count = 0;
        var next = 0;
        foreach (var character in text)
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            bits = (bits << 6) | value;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                bytes[next++] = (byte)(bits >> count);
                bits &= (1 << count) - 1;
            }
        }

        return bits;
    }
}
