namespace Auth.Infrastructure.Security.Keys;

/// <summary>
/// To every ECDSA signature (r, s) there is a second one, (r, n - s), that anybody can compute and every library
/// accepts. Only the one with the lower s is ours, so that a token has one spelling.
/// </summary>
internal static class LowS
{
    private const int HalfLength = 32;

    // The order n of P-256 (SEC 2 §2.4.2) and its half, rounded down.
    private static ReadOnlySpan<byte> Order =>
        [
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0x00,
            0x00,
            0x00,
            0x00,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xBC,
            0xE6,
            0xFA,
            0xAD,
            0xA7,
            0x17,
            0x9E,
            0x84,
            0xF3,
            0xB9,
            0xCA,
            0xC2,
            0xFC,
            0x63,
            0x25,
            0x51,
        ];

    private static ReadOnlySpan<byte> HalfOrder =>
        [
            0x7F,
            0xFF,
            0xFF,
            0xFF,
            0x80,
            0x00,
            0x00,
            0x00,
            0x7F,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xDE,
            0x73,
            0x7D,
            0x56,
            0xD3,
            0x8B,
            0xCF,
            0x42,
            0x79,
            0xDC,
            0xE5,
            0x61,
            0x7E,
            0x31,
            0x92,
            0xA8,
        ];

    /// <summary>Whether s is the lower one of the two, in a signature r | s over P-256.</summary>
    public static bool Holds(ReadOnlySpan<byte> signature) => signature[HalfLength..].SequenceCompareTo(HalfOrder) <= 0;

    /// <summary>Replaces s by n - s if it is the higher one.</summary>
    public static void Enforce(Span<byte> signature)
    {
        if (!Holds(signature))
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
            var difference = Order[i] - s[i] - borrow;
            s[i] = (byte)difference;
            borrow = difference < 0 ? 1 : 0;
        }
    }
}
