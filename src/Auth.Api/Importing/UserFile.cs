using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Auth.Api.Importing;

/// <summary>
/// A file of users: one JSON object per line, a JSON document, or CSV. The whole file is read and checked before any user is
/// imported.
/// </summary>
internal sealed class UserFile
{
    private const int MaxLength = 1 << 30;
    private const string NotAnObject = "This is not a JSON object.";

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    private readonly List<Item> _items;
    private readonly bool _isDocument;

    private UserFile(List<Item> items, bool isDocument) => (_items, _isDocument) = (items, isDocument);

    /// <summary>The unit in which users are counted.</summary>
    public string Unit => _isDocument ? "user" : "line";

    /// <summary>The users, in the order of the file.</summary>
    public IEnumerable<UserFileEntry> Entries => _items.Select((item, index) => Parse(item, index + 1));

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file does not match the format.</exception>
    public static UserFile Read(string path, UserFormat format)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxLength })
        {
            throw new InvalidDataException("The file is larger than 1 GiB. Split it.");
        }

        var bytes = File.ReadAllBytes(path);
        var text = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsMemory(3) : bytes;
        CheckEncoding(text.Span);
        if (format.IsForJson)
        {
            SqlServerOutput.RemoveFraming(text.Span);
        }

        var start = text.Span.TrimStart(" \t\r\n"u8);
        CheckFormat(start, format);
        return start switch
        {
            [] => throw new InvalidDataException("The file is empty."),
            [(byte)'[', ..] => ReadDocument(text, format),
            [(byte)'{', ..] when format.ListMember is not null => ReadDocument(text, format),
            [(byte)'{', ..] => ReadLines(text),
            _ when format.CsvColumn is not null => ReadCsv(text, format.CsvColumn),
            _ when format.ListMember is null => ReadLines(text),
            _ => throw new InvalidDataException("line 1: not JSON."),
        };
    }

    /// <summary>Describes the position of a user.</summary>
    public string Describe(int number) =>
        _isDocument
            ? string.Create(CultureInfo.InvariantCulture, $"line {LineOf(number)}, user {number}")
            : string.Create(CultureInfo.InvariantCulture, $"line {LineOf(number)}");

    /// <summary>The line on which a user begins.</summary>
    public int LineOf(int number) => _items[number - 1].Line;

    private static void CheckEncoding(ReadOnlySpan<byte> text)
    {
        if (text is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, _, ..] or [_, 0, ..])
        {
            throw new InvalidDataException("The file is UTF-16. Save it as UTF-8. Nothing was imported.");
        }

        if (Utf8.IsValid(text))
        {
            return;
        }

        var number = 1;
        foreach (var line in text.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(text[line]))
            {
                throw new InvalidDataException(
                    $"line {number}: the text is not UTF-8 (perhaps Latin-1 or Windows-1252). Save the file as UTF-8. "
                        + "Nothing was imported."
                );
            }

            number++;
        }
    }

    // A document in another format would otherwise be reported line by line, or user by user.
    private static void CheckFormat(ReadOnlySpan<byte> text, UserFormat format)
    {
        var isOpenLine = text is [(byte)'{', ..] && format.ListMember is null && !EndsOnItsLine(text);
        if (!isOpenLine && !(text is [(byte)'[', ..] && format == UserFormat.Native))
        {
            return;
        }

        var names = ReadNames(text);
        if (UserFormat.All.FirstOrDefault(other => other.Marks.Any(names.Contains)) is { } other && other != format)
        {
            throw new InvalidDataException(
                $"The file is a JSON document of another format. Use --format {other.Name}. Nothing was imported."
            );
        }

        if (isOpenLine)
        {
            throw new InvalidDataException(
                "The first JSON object does not end on its line. Write one object per line, or a JSON array. "
                    + "Nothing was imported."
            );
        }
    }

    private static bool EndsOnItsLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var reader = new Utf8JsonReader(end < 0 ? text : text[..end], isFinalBlock: false, state: default);
        try
        {
            return reader.Read() && reader.TrySkip();
        }
        catch (JsonException)
        {
            return true; // reported with the line
        }
    }

    /// <summary>Reads the names of the members of the first object, as far as it is JSON.</summary>
    private static HashSet<string> ReadNames(ReadOnlySpan<byte> text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(text[Math.Max(0, text.IndexOf((byte)'{'))..]);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                names.Add(reader.GetString()!);
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return names; // the fault is reported when the file is read
        }

        return names;
    }

    private static UserFile ReadLines(ReadOnlyMemory<byte> text)
    {
        var items = new List<Item>();
        var number = 1;
        foreach (var line in text.Span.Split((byte)'\n'))
        {
            if (!text.Span[line].Trim(" \t\r"u8).IsEmpty)
            {
                items.Add(new(number, text[line]));
            }

            number++;
        }

        return new(items, isDocument: false);
    }

    private static UserFile ReadDocument(ReadOnlyMemory<byte> text, UserFormat format)
    {
        var joined = format.IsForJson ? JoinLines(text.Span) : text;
        var lines = new LineCounter(text.Span, format.IsForJson);
        var reader = new Utf8JsonReader(joined.Span);
        var items = new List<Item>();
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadArray(ref reader, joined, format, lines, items);
            }
            else if (!TryReadList(ref reader, joined, format, lines, items))
            {
                throw new InvalidDataException($"The file does not contain a list '{format.ListMember}'.");
            }

            reader.Read();
        }
        catch (JsonException exception)
        {
            // The parser's own message could repeat content of the file.
            throw new InvalidDataException(
                $"line {lines.LineOf((int)reader.BytesConsumed)}: invalid JSON. Nothing was imported.",
                exception
            );
        }

        return new(items, isDocument: true);
    }

    /// <summary>Reads a list of users, or of objects that each contain such a list.</summary>
    private static void ReadArray(
        ref Utf8JsonReader reader,
        ReadOnlyMemory<byte> text,
        UserFormat format,
        LineCounter lines,
        List<Item> items
    )
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader;
            if (!TryReadList(ref reader, text, format, lines, items))
            {
                reader = start;
                ReadItem(ref reader, text, lines, items);
            }
        }
    }

    /// <summary>Reads the users of an object that contains a list of them.</summary>
    private static bool TryReadList(
        ref Utf8JsonReader reader,
        ReadOnlyMemory<byte> text,
        UserFormat format,
        LineCounter lines,
        List<Item> items
    )
    {
        if (
            reader.TokenType != JsonTokenType.StartObject
            || format.ListMember is null
            || !TryFindList(ref reader, format.ListMember)
        )
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ReadItem(ref reader, text, lines, items);
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

    private static void ReadItem(
        ref Utf8JsonReader reader,
        ReadOnlyMemory<byte> text,
        LineCounter lines,
        List<Item> items
    )
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        items.Add(new(lines.LineOf(start), text[start..(int)reader.BytesConsumed]));
    }

    private static UserFile ReadCsv(ReadOnlyMemory<byte> text, string requiredColumn)
    {
        var items = new List<Item>();
        List<string?>? header = null;
        foreach (var (line, fields) in CsvReader.Read(Encoding.UTF8.GetString(text.Span)))
        {
            if (header is null)
            {
                header = fields.Contains(requiredColumn)
                    ? fields
                    : throw new InvalidDataException(
                        $"line {line}: neither JSON nor a CSV header with the column {requiredColumn}."
                    );
            }
            else if (fields.Count != header.Count)
            {
                items.Add(new(line, default, $"The row has {fields.Count} fields, but the header has {header.Count}."));
            }
            else
            {
                var row = header
                    .Zip(fields)
                    .DistinctBy(pair => pair.First)
                    .ToDictionary(p => p.First ?? "", p => p.Second);
                items.Add(new(line, JsonSerializer.SerializeToUtf8Bytes(row)));
            }
        }

        return new(items, isDocument: false);
    }

    private static UserFileEntry Parse(Item item, int number)
    {
        if (item.Problem is not null)
        {
            return new(number, null, item.Problem);
        }

        try
        {
            var json = JsonElement.Parse(item.Json.Span, s_strict);
            return json.ValueKind == JsonValueKind.Object
                ? new(number, new SourceRecord(number, json), null)
                : new(number, null, NotAnObject);
        }
        catch (JsonException)
        {
            return new(number, null, IsJson(item.Json.Span) ? "A property is present twice." : NotAnObject);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
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

    private sealed record Item(int Line, ReadOnlyMemory<byte> Json, string? Problem = null);

    /// <summary>Maps positions in a text, from which line breaks may have been removed, to lines.</summary>
    private sealed class LineCounter
    {
        // Never returns 0, so that the search ends after the last element that is not greater.
        private static readonly Comparer<int> s_upTo = Comparer<int>.Create((x, y) => x <= y ? -1 : 1);

        private readonly List<int> _starts = [0];

        public LineCounter(ReadOnlySpan<byte> text, bool areLineEndsRemoved)
        {
            var position = 0;
            foreach (var character in text)
            {
                position += areLineEndsRemoved && character is (byte)'\r' or (byte)'\n' ? 0 : 1;
                if (character == '\n')
                {
                    _starts.Add(position);
                }
            }
        }

        /// <summary>Returns the number of lines that start at or before a position.</summary>
        public int LineOf(int position) => ~_starts.BinarySearch(position, s_upTo);
    }
}

/// <summary>A user of a file.</summary>
/// <param name="Number">The number of the user, from 1.</param>
/// <param name="Record">The user; null if it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal readonly record struct UserFileEntry(int Number, SourceRecord? Record, string? Problem);
