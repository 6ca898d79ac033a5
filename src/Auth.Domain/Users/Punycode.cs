using System.Text;

namespace Auth.Domain.Users;

/// <summary>Decodes the ASCII form of the labels of internationalized domain names (RFC 3492).</summary>
/// <remarks>
/// <see cref="System.Globalization.IdnMapping"/> also validates labels with the Unicode tables of the machine, so two
/// machines could disagree about what an address is. The algorithm alone gives the same result everywhere.
/// </remarks>
internal static class Punycode
{
    private const int Base = 36;
    private const int MinThreshold = 1;
    private const int MaxThreshold = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int InitialCodePoint = 128;

    /// <summary>Decodes the text after <c>xn--</c>, which is lower-case ASCII.</summary>
    public static bool TryDecode(ReadOnlySpan<char> encoded, out string decoded)
    {
        decoded = "";
        var delimiter = Math.Max(encoded.LastIndexOf('-'), 0);
        var rest = encoded[(delimiter == 0 ? 0 : delimiter + 1)..];
        var runes = new List<Rune>(encoded.Length);
        foreach (var basic in encoded[..delimiter])
        {
            runes.Add(new Rune(basic));
        }

        var (codePoint, index, bias) = (InitialCodePoint, 0, InitialBias);
        while (!rest.IsEmpty)
        {
            if (!TryReadInteger(ref rest, bias, out var delta) || delta > int.MaxValue - index)
            {
                return false;
            }

            var count = runes.Count + 1;
            bias = Adapt(delta, count, isFirst: index == 0);
            codePoint += (index + delta) / count;
            if (!Rune.IsValid(codePoint))
            {
                return false;
            }

            index = (index + delta) % count;
            runes.Insert(index, new Rune(codePoint));
            index++;
        }

        decoded = string.Concat(runes);
        return true;
    }

    // Digits of increasing weight; the first one below the threshold of its position is the last.
    private static bool TryReadInteger(ref ReadOnlySpan<char> rest, int bias, out int integer)
    {
        var (value, weight) = (0L, 1L);
        for (var place = Base; !rest.IsEmpty && value <= int.MaxValue && weight <= int.MaxValue; place += Base)
        {
            var digit = rest[0] switch
            {
                >= 'a' and <= 'z' => rest[0] - 'a',
                >= '0' and <= '9' => rest[0] - '0' + 26,
                _ => Base,
            };
            rest = rest[1..];
            if (digit == Base)
            {
                break;
            }

            value += digit * weight;
            var threshold = Math.Clamp(place - bias, MinThreshold, MaxThreshold);
            if (digit < threshold)
            {
                integer = (int)Math.Min(value, int.MaxValue);
                return value <= int.MaxValue;
            }

            weight *= Base - threshold;
        }

        integer = 0;
        return false;
    }

    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta /= isFirst ? Damp : 2;
        delta += delta / count;
        var bias = 0;
        for (; delta > (Base - MinThreshold) * MaxThreshold / 2; bias += Base)
        {
            delta /= Base - MinThreshold;
        }

        return bias + ((Base - MinThreshold + 1) * delta / (delta + Skew));
    }
}
