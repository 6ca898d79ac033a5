using System.Buffers;
using System.Buffers.Text;

namespace Auth.Infrastructure.Security;

/// <summary>
/// Base64url without padding (RFC 7515 §2), read strictly: for any bytes exactly one text decodes to them. The
/// framework's decoder sees to unused bits and lengths, but lets padding and white space pass.
/// </summary>
internal static class CanonicalBase64Url
{
    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>Decodes a text into a buffer that is long enough for a text of its length.</summary>
    /// <returns>Whether the text is the one spelling of the bytes.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        written = 0;
        return !text.ContainsAnyExcept(s_alphabet)
            && Base64Url.DecodeFromChars(text, destination, out _, out written) == OperationStatus.Done;
    }
}
