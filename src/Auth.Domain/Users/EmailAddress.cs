using System.Globalization;
using System.Text;
using Auth.Domain.Common;

namespace Auth.Domain.Users;

/// <summary>An e-mail address, as entered and as compared.</summary>
/// <remarks>
/// Two addresses are the same if their normalized texts are. The local part is case-folded in compatibility form, without
/// invisible characters (identifier caseless matching, Unicode 3.13, D147). The domain is mapped according to UTS 46 without
/// transitional processing, and labels in ASCII form (<c>xn--</c>) are decoded: names that are equal in DNS are one
/// text. Only this text is compared, so the comparison is the same in every database.
/// </remarks>
public sealed record EmailAddress
{
    /// <summary>The maximum length of an address, in characters (RFC 5321 §4.5.3.1.3).</summary>
    public const int MaxLength = 254;

    private const int MaxLocalPartLength = 64;
    private const int MaxLabelLength = 63;
    private const string AsciiPrefix = "xn--";
    private const char FinalSigma = 'ς';

    private EmailAddress(string value, string normalized) => (Value, Normalized) = (value, normalized);

    /// <summary>The address as entered, without surrounding white space.</summary>
    public string Value { get; }

    /// <summary>The text that decides whether two addresses are the same.</summary>
    public string Normalized { get; }

    /// <summary>
    /// The text that decided before addresses were case-folded: composed and in lower case. Older users may still be
    /// stored under it.
    /// </summary>
    public string LegacyNormalized => NormalizeAsBefore(Value);

    /// <summary>Parses an address.</summary>
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

        // Compatibility forms may turn into separators (full-width @, fraction signs): the compared text has to be an
        // address as well.
        var normalized = Normalize(value);
        if (normalized.Length > MaxLength || !IsWellFormed(normalized))
        {
            return false;
        }

        address = new EmailAddress(value, normalized);
        return true;
    }

    /// <summary>Parses an address that has been validated.</summary>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static EmailAddress From(string text) =>
        TryParse(text, out var address) ? address! : throw new FormatException("The text is not an e-mail address.");

    /// <summary>Normalizes the start of an address for searching.</summary>
    /// <returns>Null if no address can start with it.</returns>
    public static string? NormalizePrefix(string prefix) => NormalizePrefix(prefix, Normalize);

    /// <summary>Normalizes the start of an address like <see cref="LegacyNormalized"/>.</summary>
    /// <returns>Null if no address can start with it.</returns>
    public static string? NormalizeLegacyPrefix(string prefix) => NormalizePrefix(prefix, NormalizeAsBefore);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static string? NormalizePrefix(string prefix, Func<string, string> normalize)
    {
        var trimmed = prefix.Trim();
        if (trimmed.EnumerateRunes().Any(IsForbidden))
        {
            return null;
        }

        var normalized = normalize(trimmed);
        return normalized.Length > MaxLength ? null : normalized;
    }

    private static string NormalizeAsBefore(string value) =>
        value.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Normalize(NormalizationForm.FormKC);

    private static string Normalize(string value)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return FoldLocalPart(value);
        }

        var labels = FoldDomain(value[(at + 1)..]).Split('.').Select(DecodeLabel);
        return $"{FoldLocalPart(value[..at])}@{string.Join('.', labels)}";
    }

    private static string FoldLocalPart(string text) => CaseFolding.Fold(text, sharpS: "ss");

    // UTS 46 maps letter by letter. It folds like a local part, with two exceptions: a domain with a sharp s or a final
    // sigma differs from one with ss or a sigma.
    private static string FoldDomain(string text) =>
        Ascii.IsValid(text)
            ? text.ToLowerInvariant()
            : string.Concat(
                    text.Normalize(NormalizationForm.FormC)
                        .EnumerateRunes()
                        .Select(rune =>
                            rune.Value == FinalSigma ? rune.ToString() : CaseFolding.Fold(rune.ToString(), sharpS: "ß")
                        )
                )
                .Normalize(NormalizationForm.FormC);

    /// <summary>Returns the Unicode form of a folded label; the label itself if it is not in ASCII form.</summary>
    private static string DecodeLabel(string label) =>
        label.StartsWith(AsciiPrefix, StringComparison.Ordinal)
        && Ascii.IsValid(label)
        && Punycode.TryDecode(label.AsSpan(AsciiPrefix.Length), out var decoded)
        && !Ascii.IsValid(decoded)
        && IsLabel(decoded)
        && FoldDomain(decoded) == decoded
            ? decoded
            : label;

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
            && value[(at + 1)..].Split('.').All(IsLabel);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength
        && label[0] != '-'
        && label[^1] != '-'
        && label.EnumerateRunes().All(rune => rune.Value == '-' || Rune.IsLetterOrDigit(rune) || IsMark(rune));

    // Quoted local parts and comments are legal but unused, and their characters break mail
    // systems.
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
