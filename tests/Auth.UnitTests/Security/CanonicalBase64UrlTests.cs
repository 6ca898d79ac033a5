using System.Buffers.Text;
using Auth.Infrastructure.Security;
using FsCheck;
using FsCheck.Fluent;

namespace Auth.UnitTests.Security;

public sealed class CanonicalBase64UrlTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    [Fact]
    public void Bytes_survive_the_round_trip() =>
        Prop.ForAll<byte[]>(bytes => Decode(Base64Url.EncodeToString(bytes))!.AsSpan().SequenceEqual(bytes))
            .QuickCheckThrowOnFailure();

    // Prefixes of many lengths, because decoders work in blocks and handle the last one separately.
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(128)]
    public void Decoding_and_encoding_round_trip(int prefixLength)
    {
        var prefix = new string('A', prefixLength);
        var decoded = 0;
        var endings =
            from first in Alphabet + "=+/ "
            from second in Alphabet + "=+/ "
            from third in (string[])["", "A", "B", "E", "="]
            select $"{first}{second}{third}";
        foreach (var text in endings.Select(ending => prefix + ending))
        {
            if (Decode(text) is { } bytes)
            {
                decoded++;
                Base64Url.EncodeToString(bytes).ShouldBe(text);
            }
        }

        // Two characters: 64 first and 4 second ones. Three: all pairs, and those of the last that end in two zero bits.
        decoded.ShouldBe((64 * 4) + (64 * 64 * 2));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AAAAA")]
    [InlineData("AAAA\n")]
    [InlineData("AA==")]
    [InlineData("AA A")]
    [InlineData("AA\u00c1A")]
    [InlineData("AAA\ud800")]
    public void Invalid_text_is_rejected(string text) => Decode(text).ShouldBeNull();

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return CanonicalBase64Url.TryDecode(text, bytes, out var written) ? bytes[..written] : null;
    }
}
