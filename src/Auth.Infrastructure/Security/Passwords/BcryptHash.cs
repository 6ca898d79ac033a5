using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>A hash in bcrypt's text form: <c>$2b$</c>, two digits of cost, <c>$</c>, 22 and 31 characters.</summary>
/// <remarks>
/// <c>$2a$</c> and <c>$2y$</c> are read as the same. The 22nd character of the salt carries two bits only; software
/// that puts something into the other four computes as if they were zero, and so do we. <c>$2x$</c> marks hashes of a
/// faulty implementation and is not read.
/// </remarks>
internal sealed class BcryptHash
{
    /// <summary>The length of the text.</summary>
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
        // No software writes a digest whose unused bits are set: such a text has been damaged.
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

    /// <summary>The text form of a hash that has been computed.</summary>
    public static string Format(BcryptJob input) => FormatSetting(input) + Encode(input.Digest);

    /// <summary>The text form up to the salt, which says how to compute the rest.</summary>
    public static string FormatSetting(BcryptJob input) =>
        string.Create(CultureInfo.InvariantCulture, $"$2b${input.Cost:00}${Encode(input.Salt)}");

    /// <summary>Whether this is the hash that was computed; takes the same time wherever they differ.</summary>
    public bool Matches(BcryptJob computed) =>
        computed.Cost == Cost
        && CryptographicOperations.FixedTimeEquals(computed.Salt, Salt)
        && CryptographicOperations.FixedTimeEquals(computed.Digest, Digest);

    public override string ToString() => nameof(BcryptHash);

    // Like Base64 without padding, but for the alphabet.
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

    /// <summary>Reads bytes from text.</summary>
    /// <returns>The bits that were left over; null if there is a character from outside the alphabet.</returns>
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
