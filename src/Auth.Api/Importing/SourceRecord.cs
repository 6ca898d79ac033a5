using System.Globalization;
using System.Text.Json;

namespace Auth.Api.Importing;

/// <summary>
/// A JSON object of a file. A member that is missing, null or, except for <see cref="Text"/>, empty counts as absent; one of
/// the wrong type throws <see cref="MemberException"/>.
/// </summary>
/// <param name="number">The number of the user in the file.</param>
/// <param name="json">The object.</param>
/// <param name="path">The prefix of member names in reports.</param>
internal sealed class SourceRecord(int number, JsonElement json, string path = "")
{
    // ISO 8601 and the formats of databases; without an offset the time is UTC.
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

    /// <summary>Returns the path of a member, for reports.</summary>
    public string PathOf(string name) => path + name;

    /// <summary>Reads a string as it is, even if empty.</summary>
    public string? Text(string name) =>
        Find(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.String ? member.GetString()
        : throw Invalid(name, "The value must be a string.");

    /// <summary>Reads a non-blank string, trimmed.</summary>
    public string? NonBlank(string name) =>
        Text(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>Reads the first of several members that is a non-blank string.</summary>
    /// <returns>The path of the member, for reports, and its value; null if there is none.</returns>
    public SourceText? FirstNonBlank(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (NonBlank(name) is { } value)
            {
                return new SourceText(PathOf(name), value);
            }
        }

        return null;
    }

    /// <summary>Reads a string or a number, as a string.</summary>
    public string? Identifier(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : NonBlank(name);

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
            : throw Invalid(name, "The value must be a list of strings.");
    }

    /// <summary>Reads a Boolean, in JSON or as databases write it.</summary>
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
                    _ => throw Invalid(name, "The value must be true or false."),
                },
                _ => throw Invalid(name, "The value must be true or false."),
            };

    /// <summary>Reads a time.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (NonBlank(name) is not { } text)
        {
            return null;
        }

        if (string.Equals(text, "infinity", StringComparison.Ordinal))
        {
            return DateTimeOffset.MaxValue; // in PostgreSQL
        }

        return DateTimeOffset.TryParseExact(
            text,
            s_instants,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var instant
        )
            ? instant
            : throw Invalid(name, "The value must be a time like 2026-01-31T12:00:00Z.");
    }

    /// <summary>Reads a Unix time in milliseconds.</summary>
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
            : throw Invalid(name, "The value must be a number of milliseconds since 1970.");
    }

    /// <summary>Reads an object, or a string that contains one.</summary>
    public SourceRecord? Object(string name)
    {
        var member = Find(name);
        if (member is { ValueKind: JsonValueKind.String } && NonBlank(name) is var text)
        {
            member = text is null ? null : ParseText(name, text);
        }

        return member is not { } found ? null
            : found.ValueKind == JsonValueKind.Object ? new SourceRecord(number, found, $"{path}{name}.")
            : throw Invalid(name, "The value must be an object.");
    }

    /// <summary>Reads a list of objects; empty if absent.</summary>
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
            : throw Invalid(name, "The value must be a list of objects.");
    }

    /// <summary>Creates the exception for an invalid member.</summary>
    public MemberException Invalid(string name, string reason) => new(PathOf(name), reason);

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
            throw Invalid(name, "The value must be an object in JSON.");
        }
    }
}

/// <summary>A text, and the path of the member that it was read from.</summary>
internal sealed record SourceText(string Member, string Value)
{
    public override string ToString() => Member;
}
