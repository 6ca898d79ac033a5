using System.Globalization;
using System.Text;

namespace Auth.Domain.Users;

/// <summary>An e-mail address: as it was given, trimmed, and as it is compared.</summary>
/// <remarks>
/// Two addresses are the same when their normalised texts are: compatibility-composed (NFKC) and folded without
/// regard to case or culture. The comparison rests on this text alone and so is the same in every database.
/// </remarks>
public sealed record EmailAddress
{
    /// <summary>The longest address, in characters (RFC 5321 §4.5.3.1.3).</summary>
    public const int MaxLength = 254;

    private const int MaxLocalPartLength = 64;
    private const int MaxLabelLength = 63;

    private EmailAddress(string value, string normalized) => (Value, Normalized) = (value, normalized);

    /// <summary>The address as it was given, without surrounding white space.</summary>
    public string Value { get; }

    /// <summary>The text that decides whether two addresses are the same.</summary>
    public string Normalized { get; }

    /// <summary>Reads an address, or says that the text is none.</summary>
    public static bool TryParse(string? text, out EmailAddress? address)
    {
        address = null;
        if (text is null || text.Length > MaxLength * 2)
        {
            return false;
        }

        var value = text.Trim();
        if (value.Length is 0 or > MaxLength || !IsWellFormed(value))
        {
            return false;
        }

        // Compatibility forms may turn into separators (full-width @, fraction signs): what is compared has to be an
        // address as well.
        var normalized = Normalize(value);
        if (normalized.Length > MaxLength || !IsWellFormed(normalized))
        {
            return false;
        }

        address = new EmailAddress(value, normalized);
        return true;
    }

    /// <summary>Reads an address that has been validated before.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static EmailAddress From(string text) =>
        TryParse(text, out var address) ? address! : throw new FormatException("The text is no e-mail address.");

    /// <summary>Reads the start of an address, as it is compared, for searching.</summary>
    /// <returns>Null if no address starts like this.</returns>
    public static string? NormalizePrefix(string prefix)
    {
        var trimmed = prefix.Trim();
        if (trimmed.EnumerateRunes().Any(IsForbidden))
        {
            return null;
        }

        var normalized = Normalize(trimmed);
        return normalized.Length > MaxLength ? null : normalized;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static string Normalize(string value) =>
        value.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Normalize(NormalizationForm.FormKC);

    private static bool IsWellFormed(string value)
    {
        if (value.EnumerateRunes().Any(IsForbidden))
        {
            return false;
        }

        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > MaxLocalPartLength || at != value.LastIndexOf('@'))
        {
            return false;
        }

        var local = value.AsSpan(0, at);
        return local[0] != '.'
            && local[^1] != '.'
            && !local.Contains("..", StringComparison.Ordinal)
            && IsDomain(value[(at + 1)..]);
    }

    private static bool IsDomain(string domain) =>
        domain
            .Split('.')
            .All(label =>
                label.Length is > 0 and <= MaxLabelLength
                && label[0] != '-'
                && label[^1] != '-'
                && label.EnumerateRunes().All(rune => rune.Value == '-' || Rune.IsLetterOrDigit(rune) || IsMark(rune))
            );

    // Quoted local parts and comments are legal and unused; the characters that make them possible are what mail
    // systems trip over.
    private static bool IsForbidden(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse
        || rune.Value is 0xFFFD or '"' or '(' or ')' or ',' or ':' or ';' or '<' or '>' or '[' or ']' or '\\';

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
