using System.Text;

namespace Auth.Domain.Common;

/// <summary>Normalizes texts that differ only in case or invisibly to the same form (Unicode 3.13, D147).</summary>
internal static class CaseFolding
{
    /// <summary>Folds the case of a text in compatibility form, without invisible characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sharpS">The replacement for a sharp s.</param>
    public static string Fold(string text, string sharpS)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (!IsIgnorable(rune))
            {
                folded.Append(Fold(rune));
            }
        }

        return folded.Replace("ß", sharpS).ToString().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>
    /// Whether a letter or mark is invisible and ignored (Default_Ignorable_Code_Point): fillers of Hangul, inherent
    /// vowels of Khmer, variation selectors. All other such characters are neither letters nor marks.
    /// </summary>
    public static bool IsIgnorable(Rune rune) =>
        rune.Value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or (>= 0xE0100 and <= 0xE01EF);

    // The simple invariant mappings to upper and back to lower case equate the same characters as full case
    // folding, except sharp s: decomposition has already expanded the others. Cherokee letters fold to upper case.
    private static Rune Fold(Rune rune)
    {
        var upper = Rune.ToUpperInvariant(rune);
        return upper.Value is >= 0x13A0 and <= 0x13F5 ? upper : Rune.ToLowerInvariant(upper);
    }
}
