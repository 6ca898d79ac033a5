namespace Auth.Api.Importing;

/// <summary>The text that sqlcmd and SQL Server Management Studio print around the result of FOR JSON.</summary>
internal static class SqlServerOutput
{
    /// <summary>Replaces the column header and the number of rows with spaces, so that lines keep their numbers.</summary>
    public static void RemoveFraming(Span<byte> text)
    {
        var header = text[FirstLine(text)];
        if (header.StartsWith("JSON_F52E2B61-18A1-11d1-B105-00805F49916B"u8))
        {
            header.Fill((byte)' ');
            var underline = text[FirstLine(text)];
            if (underline.TrimEnd("- \t\r"u8).IsEmpty)
            {
                underline.Fill((byte)' ');
            }
        }

        // "(3 rows affected)" in any language, and since SSMS 18 the time.
        for (
            var last = LastLine(text);
            last is [(byte)'(', .., (byte)')'] || last.StartsWith("Completion time:"u8);
            last = LastLine(text)
        )
        {
            last.Fill((byte)' ');
        }
    }

    private static Range FirstLine(ReadOnlySpan<byte> text)
    {
        var start = text.Length - text.TrimStart(" \t\r\n"u8).Length;
        var length = text[start..].IndexOf((byte)'\n');
        return length < 0 ? start.. : start..(start + length);
    }

    private static Span<byte> LastLine(Span<byte> text)
    {
        var end = text.TrimEnd(" \t\r\n"u8);
        return end[(end.LastIndexOf((byte)'\n') + 1)..];
    }
}
