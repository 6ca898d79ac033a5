using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>Reads JSON values only in the one form in which we write them.</summary>
internal static class StrictJson
{
    /// <summary>Returns the position of a name or text, after its opening quote.</summary>
    public static Range Locate(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex + 1;
        return start..(start + reader.ValueSpan.Length);
    }

    public static bool TryLocateText(ref Utf8JsonReader reader, out Range text)
    {
        var isText = TryReadText(ref reader, out _);
        text = isText ? Locate(ref reader) : default;
        return isText;
    }

    private static bool TryReadText(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.TokenType == JsonTokenType.String ? reader.ValueSpan : default;
        return !text.IsEmpty;
    }

    public static bool TryReadString(ref Utf8JsonReader reader, out string text)
    {
        var isString = TryReadText(ref reader, out var utf8) && !reader.ValueIsEscaped;
        text = isString ? Encoding.UTF8.GetString(utf8) : "";
        return isString;
    }

    public static bool TryReadGuid(ref Utf8JsonReader reader, out Guid id)
    {
        id = default;
        return TryReadText(ref reader, out var text)
            && !text.ContainsAnyInRange((byte)'A', (byte)'F')
            && Utf8Parser.TryParse(text, out id, out var consumed, 'D')
            && consumed == text.Length
            && id != Guid.Empty;
    }

    /// <summary>Reads a number of digits only: parsers round and limit signs, fractions and exponents differently.</summary>
    public static bool TryReadNumber(ref Utf8JsonReader reader, long max, out long number)
    {
        number = 0;
        return reader.TokenType == JsonTokenType.Number
            && !reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && long.TryParse(reader.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number >= 1
            && number <= max;
    }

    public static bool TryReadStrings(ref Utf8JsonReader reader, out string[] strings)
    {
        strings = [];
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        var count = 0;
        for (var ahead = reader; ahead.Read() && ahead.TokenType == JsonTokenType.String; )
        {
            count++;
        }

        strings = new string[count];
        for (var i = 0; i < count; i++)
        {
            reader.Read();
            if (!TryReadString(ref reader, out strings[i]))
            {
                return false;
            }
        }

        return reader.Read() && reader.TokenType == JsonTokenType.EndArray;
    }

    public static bool TrySkip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            // Nothing deeper can follow: the reader's depth limit forbids it.
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) { }
        }

        return reader.TokenType != JsonTokenType.StartObject;
    }
}
