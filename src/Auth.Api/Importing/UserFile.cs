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

    private readonly List<UserFileItem> _items;
    private readonly bool _isDocument;

    private UserFile(List<UserFileItem> items, bool isDocument) => (_items, _isDocument) = (items, isDocument);

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
        FormatCheck.Check(start, format);
        return start switch
        {
            [] => throw new InvalidDataException("The file is empty."),
            [(byte)'[', ..] => new(new UserDocument(text, format).Read(), isDocument: true),
            [(byte)'{', ..] when format.ListMember is not null => new(
                new UserDocument(text, format).Read(),
                isDocument: true
            ),
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

    private static UserFile ReadLines(ReadOnlyMemory<byte> text)
    {
        var items = new List<UserFileItem>();
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

    private static UserFile ReadCsv(ReadOnlyMemory<byte> text, string requiredColumn)
    {
        var items = new List<UserFileItem>();
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

    private static UserFileEntry Parse(UserFileItem item, int number)
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
}

/// <summary>A user of a file.</summary>
/// <param name="Number">The number of the user, from 1.</param>
/// <param name="Record">The user; null if it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal readonly record struct UserFileEntry(int Number, SourceRecord? Record, string? Problem);

/// <summary>The text of a user in a file.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="Json">The user as JSON.</param>
/// <param name="Problem">Why there is no JSON; null if there is.</param>
internal sealed record UserFileItem(int Line, ReadOnlyMemory<byte> Json, string? Problem = null);
