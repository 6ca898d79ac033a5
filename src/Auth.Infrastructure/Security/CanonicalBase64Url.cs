using System.Buffers;
using System.Buffers.Text;

namespace Auth.Infrastructure.Security;

/// <summary>
/// Base64url without padding (RFC 7515 §2), read strictly: for any bytes exactly one text decodes to them. The
/// framework's decoder also takes padding, white space and unused bits that are not zero.
/// </summary>
internal static class CanonicalBase64Url
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(Alphabet);

    // The characters whose lower four or two bits are zero: all that may stand last where bits are left over.
    private static readonly SearchValues<char> s_lastOfTwo = SearchValues.Create("AQgw");
    private static readonly SearchValues<char> s_lastOfThree = SearchValues.Create("AEIMQUYcgkosw048");

    /// <summary>Decodes a text into a buffer that is long enough for a text of its length.</summary>
    /// <returns>Whether the text is the one spelling of the bytes.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        written = 0;
        return IsCanonical(text)
            && Base64Url.DecodeFromChars(text, destination, out _, out written) == OperationStatus.Done;
    }

    private static bool IsCanonical(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(s_alphabet)
        && (text.Length % 4) switch
        {
            0 => true,
            2 => s_lastOfTwo.Contains(text[^1]),
            3 => s_lastOfThree.Contains(text[^1]),
            _ => false,
        };
}
