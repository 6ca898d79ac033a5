namespace Auth.Infrastructure.Security.Keys;

/// <summary>
/// For every ECDSA signature (r, s), (r, n - s) is also valid, which anybody can compute and every library accepts. We accept
/// only the one with the lower s, so that tokens are not malleable.
/// </summary>
internal static class LowS
{
    private const int HalfLength = 32;

    // The order n of P-256 (SEC 2 §2.4.2) and its half, rounded down.
    private static readonly byte[] s_order = Convert.FromHexString(
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"
    );
    private static readonly byte[] s_halfOrder = Convert.FromHexString(
        "7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8"
    );

    /// <summary>Whether s is the lower of the two, in a signature r | s over P-256.</summary>
    public static bool IsLow(ReadOnlySpan<byte> signature) =>
        signature[HalfLength..].SequenceCompareTo(s_halfOrder) <= 0;

    /// <summary>Replaces s by n - s if it is the higher one.</summary>
    public static void Normalize(Span<byte> signature)
    {
        if (!IsLow(signature))
        {
            Negate(signature);
        }
    }

    /// <summary>Replaces s by n - s.</summary>
    public static void Negate(Span<byte> signature)
    {
        var s = signature[HalfLength..];
        var borrow = 0;
        for (var i = HalfLength - 1; i >= 0; i--)
        {
            var difference = s_order[i] - s[i] - borrow;
            s[i] = (byte)difference;
            borrow = difference < 0 ? 1 : 0;
        }
    }
}
