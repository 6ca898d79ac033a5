using System.Globalization;

namespace Auth.Application.Validation;

/// <summary>Parses date-times of RFC 3339 §5.6, which have a time and an offset.</summary>
internal static class Rfc3339
{
    private const string WithOffset = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";
    private const string Utc = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
    private const int OffsetLength = 6;

    /// <summary>Parses a date-time.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null)
        {
            return false;
        }

        // An unescaped plus sign arrives as a space, which is unambiguous here.
        var upper = text.ToUpperInvariant();
        if (upper.Length > OffsetLength && upper[^OffsetLength] == ' ')
        {
            upper = $"{upper[..^OffsetLength]}+{upper[(upper.Length - OffsetLength + 1)..]}";
        }

        return DateTimeOffset.TryParseExact(
            upper,
            upper.EndsWith('Z') ? Utc : WithOffset,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out instant
        );
    }
}
