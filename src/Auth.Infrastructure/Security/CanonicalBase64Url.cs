using System.Buffers;
using System.Buffers.Text;

namespace Auth.Infrastructure.Security;

/// <summary>
/// Base64url without padding (RFC 7515 §2) in canonical form: exactly one text decodes to given bytes. The framework's
/// decoder checks unused bits and lengths, but accepts padding and white space.
/// </summary>
internal static class CanonicalBase64Url
{
    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>Decodes a text into a buffer that is long enough for it.</summary>
    /// <returns>Whether the text is canonical.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        written = 0;
        return !text.ContainsAnyExcept(s_alphabet)
            && Base64Url.DecodeFromChars(text, destination, out _, out written) == OperationStatus.Done;
    }
}
