using System.Buffers.Text;
using System.Security.Cryptography;
using Auth.Domain.ServiceAccounts;

namespace Auth.UnitTests.ServiceAccounts;

public sealed class ClientSecretTests
{
    [Fact]
    public void A_secret_is_the_prefix_and_32_random_bytes_with_their_checksum()
    {
        var secret = ClientSecret.Create();

        secret.Text.Length.ShouldBe(ClientSecret.Length);
        secret.Text.ShouldStartWith("as_");
        var bytes = Base64Url.DecodeFromChars(secret.Text.AsSpan(3));
        bytes.Length.ShouldBe(36);
        bytes[32..].ShouldBe(SHA256.HashData(bytes.AsSpan(0, 32))[..4]);
        ClientSecret.Create().Text.ShouldNotBe(secret.Text);
    }

    [Fact]
    public void A_secret_is_parsed_and_has_the_same_hash()
    {
        var secret = ClientSecret.Create();

        ClientSecret.TryParse(secret.Text, out var parsed).ShouldBeTrue();

        parsed.ComputeHash().ShouldBe(secret.ComputeHash());
        parsed.ToString().ShouldBe("ClientSecret");
    }

    [Fact]
    public void Every_mistyped_letter_is_detected()
    {
        var text = ClientSecret.Create().Text;
        for (var at = 0; at < text.Length; at++)
        {
            var typo = text[..at] + (text[at] == 'x' ? 'y' : 'x') + text[(at + 1)..];
            ClientSecret.TryParse(typo, out _).ShouldBeFalse(typo);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("as_")]
    [InlineData("as_VGhpcyBpcyBhbiBleGFtcGxlIG9mIGEgc2VjcmV0ISERSC7P ")]
    [InlineData("as_VGhpcyBpcyBhbiBleGFtcGxlIG9mIGEgc2VjcmV0ISERSC7=")]
    [InlineData("as_VGhpcyBpcyBhbiBleGFtcGxlIG9mIGEgc2VjcmV0ISERSC7 ")]
    [InlineData("AS_VGhpcyBpcyBhbiBleGFtcGxlIG9mIGEgc2VjcmV0ISERSC7P")]
    public void Other_texts_are_not_secrets(string text) => ClientSecret.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void The_format_is_stable() =>
        ClientSecret.TryParse("as_VGhpcyBpcyBhbiBleGFtcGxlIG9mIGEgc2VjcmV0ISERSC7P", out _).ShouldBeTrue();
}
