using System.Globalization;
using System.Text.Json;

namespace Auth.Api.Importing;

/// <summary>
/// An object of a file, whose members are read by name and type. A member that is missing, null or, but for
/// <see cref="Text"/>, an empty text counts as absent; one of another type throws <see cref="MemberException"/>.
/// </summary>
/// <param name="number">Which user of the file it is about.</param>
/// <param name="json">The object.</param>
/// <param name="path">What to put before the names of its members in a report.</param>
internal sealed class SourceRecord(int number, JsonElement json, string path = "")
{
    // ISO 8601 and the way databases print it, with or without an offset; without one it is UTC.
    private static readonly string[] s_instants =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz",
        "yyyy-MM-dd",
    ];

    public int Number => number;

    /// <summary>The names of all members.</summary>
    public IEnumerable<string> Names => json.EnumerateObject().Select(member => member.Name);

    /// <summary>Where a member is, for a report.</summary>
    public string PathOf(string name) => path + name;

    /// <summary>A text as it is, also an empty one.</summary>
    public string? Text(string name) =>
        Find(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.String ? member.GetString()
        : throw Wrong(name, "This must be a string.");

    /// <summary>A text that is not blank, without surrounding white space.</summary>
    public string? Filled(string name) =>
        Text(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>A text or a number, as text.</summary>
    public string? Identifier(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : Filled(name);

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Find(name) is not { } member)
        {
            return null;
        }

        return
            member.ValueKind == JsonValueKind.Array
            && member.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. member.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong(name, "This must be a list of strings.");
    }

    /// <summary>Yes or no, in JSON or as databases write it.</summary>
    public bool? Flag(string name) =>
        Find(name) is not { } member
            ? null
            : member.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number when member.TryGetInt32(out var bit) && bit is 0 or 1 => bit == 1,
                JsonValueKind.String when member.GetString() is { } text => text switch
                {
                    "true" or "t" => true,
                    "false" or "f" => false,
                    "" => null,
                    _ => throw Wrong(name, "This must be true or false."),
                },
                _ => throw Wrong(name, "This must be true or false."),
            };

    /// <summary>A moment, as text.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Filled(name) is not { } text)
        {
            return null;
        }

        if (string.Equals(text, "infinity", StringComparison.Ordinal))
        {
            return DateTimeOffset.MaxValue; // PostgreSQL's
        }

        return DateTimeOffset.TryParseExact(
            text,
            s_instants,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var instant
        )
            ? instant
            : throw Wrong(name, "This must be a time like 2026-01-31T12:00:00Z.");
    }

    /// <summary>A moment, in milliseconds since 1970.</summary>
    public DateTimeOffset? UnixMilliseconds(string name)
    {
        if (Identifier(name) is not { } text)
        {
            return null;
        }

        return
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw Wrong(name, "This must be a number of milliseconds since 1970.");
    }

    /// <summary>An object, or a text that is one.</summary>
    public SourceRecord? Object(string name)
    {
        var member = Find(name);
        if (member is { ValueKind: JsonValueKind.String } && Filled(name) is var text)
        {
            member = text is null ? null : ParseText(name, text);
        }

        return member is not { } found ? null
            : found.ValueKind == JsonValueKind.Object ? new SourceRecord(number, found, $"{path}{name}.")
            : throw Wrong(name, "This must be an object.");
    }

    /// <summary>A list of objects; empty if it is absent.</summary>
    public IReadOnlyList<SourceRecord> Objects(string name)
    {
        if (Find(name) is not { } member)
        {
            return [];
        }

        return
            member.ValueKind == JsonValueKind.Array
            && member.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. member.EnumerateArray().Select(item => new SourceRecord(number, item, $"{path}{name}."))]
            : throw Wrong(name, "This must be a list of objects.");
    }

    /// <summary>Complains about a member.</summary>
    public MemberException Wrong(string name, string reason) => new(PathOf(name), reason);

    private JsonElement? Find(string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private JsonElement ParseText(string name, string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            throw Wrong(name, "This must be an object in JSON.");
        }
    }
}
