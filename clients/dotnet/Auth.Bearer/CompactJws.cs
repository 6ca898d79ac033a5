using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Auth.Bearer;

/// <summary>A signed text in compact serialization (RFC 7515 §7.1), read so strictly that no two parsers could disagree.</summary>
internal sealed record CompactJws(
    string Algorithm,
    string KeyId,
    string Type,
    ReadOnlyMemory<byte> SignedText,
    byte[] Payload,
    byte[] Signature
)
{
    private static readonly SearchValues<byte> s_alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8
    );

    /// <summary>Reads a text; null if it is malformed, or its header has other members than ours.</summary>
    public static CompactJws? TryRead(ReadOnlyMemory<byte> text)
    {
        var bytes = text.Span;
        var headerEnd = bytes.IndexOf((byte)'.');
        var payloadEnd = bytes.LastIndexOf((byte)'.');
        return
            headerEnd > 0
            && payloadEnd > headerEnd
            && TryDecode(bytes[..headerEnd]) is { } header
            && TryDecode(bytes[(headerEnd + 1)..payloadEnd]) is { } payload
            && TryDecode(bytes[(payloadEnd + 1)..]) is { } signature
            && TryReadHeader(header, out var algorithm, out var keyId, out var type)
            ? new(algorithm, keyId, type, text[..payloadEnd], payload, signature)
            : null;
    }

    /// <summary>Decodes Base64url in canonical form; null for anything else. The framework accepts padding and white space.</summary>
    public static byte[]? TryDecode(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAnyExcept(s_alphabet) || text.Length % 4 == 1)
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromUtf8(text, bytes, out _, out var written) == OperationStatus.Done
            ? bytes[..written]
            : null;
    }

    // Anything else in a header would have to be understood, or is an attempt to bring a key along (RFC 8725 §3.10).
    private static bool TryReadHeader(ReadOnlySpan<byte> json, out string algorithm, out string keyId, out string type)
    {
        (algorithm, keyId, type) = ("", "", "");
        if (json is not [(byte)'{', .., (byte)'}'] || !Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueIsEscaped)
                {
                    return false;
                }

                var isKnown =
                    reader.ValueTextEquals("alg"u8) ? TryReadText(ref reader, ref algorithm)
                    : reader.ValueTextEquals("kid"u8) ? TryReadText(ref reader, ref keyId)
                    : reader.ValueTextEquals("typ"u8) && TryReadText(ref reader, ref type);
                if (!isKnown)
                {
                    return false;
                }
            }

            return algorithm.Length > 0 && keyId.Length > 0 && type.Length > 0 && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Only once, and only in the way in which it is issued.
    private static bool TryReadText(ref Utf8JsonReader reader, ref string text)
    {
        if (text.Length > 0 || !reader.Read() || reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
        {
            return false;
        }

        text = reader.GetString()!;
        return text.Length > 0;
    }
}
