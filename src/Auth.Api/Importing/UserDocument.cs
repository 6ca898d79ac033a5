using System.Text.Json;

namespace Auth.Api.Importing;

/// <summary>A JSON document with a list of users, or with several such lists.</summary>
internal sealed class UserDocument
{
    private readonly UserFormat _format;
    private readonly ReadOnlyMemory<byte> _json;
    private readonly LineCounter _lines;
    private readonly List<UserFileItem> _items = [];

    public UserDocument(ReadOnlyMemory<byte> text, UserFormat format)
    {
        _format = format;
        _json = format.IsForJson ? JoinLines(text.Span) : text;
        _lines = new(text.Span, format.IsForJson);
    }

    /// <summary>Reads the users, in the order of the document.</summary>
    /// <exception cref="InvalidDataException">The document is invalid, or contains no list of users.</exception>
    public List<UserFileItem> Read()
    {
        var reader = new Utf8JsonReader(_json.Span);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadArray(ref reader);
            }
            else if (!TryReadList(ref reader))
            {
                throw new InvalidDataException($"The file does not contain a list '{_format.ListMember}'.");
            }

            reader.Read();
        }
        catch (JsonException exception)
        {
            // The parser's own message could repeat content of the file.
            throw new InvalidDataException(
                $"line {_lines.LineOf((int)reader.BytesConsumed)}: invalid JSON. Nothing was imported.",
                exception
            );
        }

        return _items;
    }

    /// <summary>Reads a list of users, or of objects that each contain such a list.</summary>
    private void ReadArray(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader;
            if (!TryReadList(ref reader))
            {
                reader = start;
                ReadItem(ref reader);
            }
        }
    }

    /// <summary>Reads the users of an object that contains a list of them.</summary>
    private bool TryReadList(ref Utf8JsonReader reader)
    {
        if (
            reader.TokenType != JsonTokenType.StartObject
            || _format.ListMember is null
            || !TryFindList(ref reader, _format.ListMember)
        )
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ReadItem(ref reader);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Skip();
        }

        return true;
    }

    private static bool TryFindList(ref Utf8JsonReader reader, string member)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMember = reader.ValueTextEquals(member);
            reader.Read();
            if (isMember && reader.TokenType == JsonTokenType.StartArray)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private void ReadItem(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        _items.Add(new(_lines.LineOf(start), _json[start..(int)reader.BytesConsumed]));
    }

    private static ReadOnlyMemory<byte> JoinLines(ReadOnlySpan<byte> text)
    {
        var joined = new byte[text.Length];
        var length = 0;
        foreach (var character in text)
        {
            if (character is not ((byte)'\r' or (byte)'\n'))
            {
                joined[length++] = character;
            }
        }

        return joined.AsMemory(0, length);
    }
}
