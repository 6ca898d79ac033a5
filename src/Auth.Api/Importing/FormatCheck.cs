using System.Text.Json;

namespace Auth.Api.Importing;

/// <summary>
/// Recognizes a JSON document in another format than expected, which would otherwise be reported line by line, or user by
/// user.
/// </summary>
internal static class FormatCheck
{
    /// <summary>Checks the start of a file.</summary>
    /// <exception cref="InvalidDataException">The format is another one.</exception>
    public static void Check(ReadOnlySpan<byte> text, UserFormat format)
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
}
