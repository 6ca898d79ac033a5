using Auth.Domain.Users;

namespace Auth.UnitTests.Users;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("  Ada@Example.COM\t", "ada@example.com")]
    [InlineData("ada+tag@sub.example.co.uk", "ada+tag@sub.example.co.uk")]
    [InlineData("admin@localhost", "admin@localhost")]
    [InlineData("o'hara!#$%&*/=?^_`{|}~-@example.com", "o'hara!#$%&*/=?^_`{|}~-@example.com")]
    [InlineData("jürgen@münchen.example", "jürgen@münchen.example")]
    [InlineData("ju\u0308rgen@example.com", "jürgen@example.com")]
    [InlineData("\u212Aelvin@example.com", "kelvin@example.com")]
    [InlineData("ａｄａ@example.com", "ada@example.com")]
    [InlineData("用户@例子.example", "用户@例子.example")]
    public void Addresses_are_compared_normalised(string text, string normalized)
    {
        EmailAddress.TryParse(text, out var address).ShouldBeTrue();
        address!.Normalized.ShouldBe(normalized);
        address.Value.ShouldBe(text.Trim());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@@example.com")]
    [InlineData("ada@b@example.com")]
    [InlineData("ada lovelace@example.com")]
    [InlineData("ada@exam ple.com")]
    [InlineData("ada\0@example.com")]
    [InlineData("ada\n@example.com")]
    [InlineData("ada@example.com\r\nBcc: x@example.com")]
    [InlineData("<ada@example.com>")]
    [InlineData("ada,bob@example.com")]
    [InlineData("\"ada\"@example.com")]
    [InlineData(".ada@example.com")]
    [InlineData("ada.@example.com")]
    [InlineData("a..da@example.com")]
    [InlineData("ada@.example.com")]
    [InlineData("ada@example.com.")]
    [InlineData("ada@example..com")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@exam_ple.com")]
    [InlineData("ada\u200B@example.com")]
    [InlineData("ada\u202Emoc@example.com")]
    [InlineData("ada\uD800@example.com")]
    [InlineData("ada\uFF20b@example.com")]
    public void Invalid_addresses_are_rejected(string? text) => EmailAddress.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void An_address_has_at_most_254_characters()
    {
        var local = new string('a', 64);
        var domain = string.Join('.', Enumerable.Repeat(new string('b', 46), 4)) + ".b";
        var longest = $"{local}@{domain}";
        longest.Length.ShouldBe(254);

        EmailAddress.TryParse(longest, out _).ShouldBeTrue();
        EmailAddress.TryParse(longest + "b", out _).ShouldBeFalse();
    }

    [Fact]
    public void Text_of_any_length_is_handled()
    {
        EmailAddress.TryParse(new string('a', 1_000_000) + "@example.com", out _).ShouldBeFalse();
    }
}
