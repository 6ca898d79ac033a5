using System.Text;

namespace Auth.Api.Importing;

/// <summary>Reads CSV (RFC 4180): commas, and quotes around fields with commas, quotes or line breaks.</summary>
internal static class CsvReader
{
    /// <summary>Reads all rows.</summary>
    /// <returns>The rows with the lines on which they begin; an empty, unquoted field is null.</returns>
    /// <exception cref="InvalidDataException">A quote is not closed, or there is text around a quoted field.</exception>
    public static IEnumerable<(int Line, List<string?> Fields)> Read(string text)
    {
        var position = 0;
        var line = 1;
        while (position < text.Length)
        {
            var start = line;
            var fields = new List<string?>();
            do
            {
                fields.Add(ReadField(text, ref position, ref line));
            } while (Skip(text, ref position, ','));

            if (position < text.Length && !SkipLineEnd(text, ref position))
            {
                throw new InvalidDataException($"line {line}: there is text after the closing quote of a field.");
            }

            line++;
            if (fields is not [null])
            {
                yield return (start, fields);
            }
        }
    }

    private static string? ReadField(string text, ref int position, ref int line)
    {
        if (position < text.Length && text[position] == '"')
        {
            return ReadQuoted(text, ref position, ref line);
        }

        var start = position;
        while (position < text.Length && text[position] is not (',' or '\r' or '\n'))
        {
            position++;
        }

        return position == start ? null : text[start..position];
    }

    private static string ReadQuoted(string text, ref int position, ref int line)
    {
        var start = line;
        var field = new StringBuilder();
        while (true)
        {
            var end = text.IndexOf('"', position + 1);
            if (end < 0)
            {
                throw new InvalidDataException($"line {start}: a quote is not closed.");
            }

            var part = text.AsSpan(position + 1, end - position - 1);
            line += part.Count('\n');
            field.Append(part);
            position = end + 1;
            if (!Skip(text, ref position, '"'))
            {
                return field.ToString();
            }

            field.Append('"');
            position--; // the second of two quotes starts the rest of the field
        }
    }

    private static bool SkipLineEnd(string text, ref int position)
    {
        Skip(text, ref position, '\r');
        return Skip(text, ref position, '\n') || position == text.Length;
    }

    private static bool Skip(string text, ref int position, char expected)
    {
        var found = position < text.Length && text[position] == expected;
        position += found ? 1 : 0;
        return found;
    }
}
