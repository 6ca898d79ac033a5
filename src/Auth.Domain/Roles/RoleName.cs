using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Auth.Domain.Common;

namespace Auth.Domain.Roles;

/// <summary>The name of a role, as written and as compared.</summary>
/// <remarks>
/// Letters and digits may be of any script in the Basic Multilingual Plane: JSON writers escape all others, and tokens
/// contain no escapes. The name is kept and shown as written, composed (NFC); two names are the same
/// if their normalized texts are, which are case-folded like the local part of an e-mail address.
/// </remarks>
public sealed record RoleName
{
    /// <summary>The minimum length of a name, in characters.</summary>
    public const int MinLength = 2;

    /// <summary>The maximum length of a name, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The format of a name, as a regular expression.</summary>
    public const string Pattern = @"^\p{L}[\p{Mn}\p{Mc}]*( ?([\p{L}\p{Nd}][\p{Mn}\p{Mc}]*|[._-]))*$";

    private static readonly Rune s_space = new(' ');

    private RoleName(string value, string normalized) => (Value, Normalized) = (value, normalized);

    /// <summary>The name as written.</summary>
    public string Value { get; }

    /// <summary>The text that decides whether two names are the same.</summary>
    public string Normalized { get; }

    /// <summary>Whether a text is a valid role name; null is not.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) => TryParse(text, out _);

    /// <summary>Parses a name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RoleName? name)
    {
        name = null;

        // Checked before normalization, which throws if a text is not well-formed.
        if (text is null || text.Length > MaxLength * 4 || !HasForm(text))
        {
            return false;
        }

        // Compatibility forms may turn into several characters, and ligatures into words: the compared text has to be a name
        // as well.
        var value = text.Normalize(NormalizationForm.FormC);
        var normalized = CaseFolding.Fold(value, sharpS: "ss");
        if (!IsWellFormed(value) || !IsWellFormed(normalized))
        {
            return false;
        }

        name = new RoleName(value, normalized);
        return true;
    }

    /// <summary>Parses a name that has been validated.</summary>
    /// <exception cref="FormatException">The text is not a valid role name.</exception>
    public static RoleName From(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException("The text is not the name of a role.");

    /// <inheritdoc/>
    public bool Equals(RoleName? other) => other is not null && Normalized == other.Normalized;

    /// <inheritdoc/>
    public override int GetHashCode() => Normalized.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsWellFormed(string text) => text.Length is >= MinLength and <= MaxLength && HasForm(text);

    private static bool HasForm(string text)
    {
        // As if after a space: a name starts with neither a space nor a mark.
        var previous = s_space;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!MayFollow(rune, previous))
            {
                return false;
            }

            previous = rune;
        }

        return previous != s_space && Rune.IsLetter(Rune.GetRuneAt(text, 0));
    }

    private static bool MayFollow(Rune rune, Rune previous) =>
        rune.Value switch
        {
            ' ' => previous != s_space,
            '.' or '_' or '-' => true,
            _ when !rune.IsBmp || CaseFolding.IsIgnorable(rune) => false,
            _ when IsMark(rune) => IsLetterOrDigit(previous) || IsMark(previous),
            _ => IsLetterOrDigit(rune),
        };

    private static bool IsLetterOrDigit(Rune rune) => Rune.IsLetter(rune) || Rune.IsDigit(rune);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
