using Auth.Domain.Users;

namespace Auth.UnitTests.Users;

public sealed class EmailAddressLimitTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void The_local_part_has_up_to_64_characters(int length, bool valid) =>
        EmailAddress.TryParse(new string('a', length) + "@example.com", out _).ShouldBe(valid);

    [Theory]
    [InlineData(1, true)]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_of_the_domain_has_up_to_63_characters(int length, bool valid) =>
        EmailAddress.TryParse($"ada@{new string('b', length)}.com", out _).ShouldBe(valid);

    [Fact]
    public void Surrounding_white_space_is_ignored_up_to_the_length_of_an_address()
    {
        const string Address = "ada@example.com";
        var spaces = new string(' ', (2 * EmailAddress.MaxLength) - Address.Length);

        EmailAddress.TryParse(spaces + Address, out var address).ShouldBeTrue();
        address!.Value.ShouldBe(Address);
        EmailAddress.TryParse(spaces + " " + Address, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_compared_form_has_at_most_254_characters_too()
    {
        // One Arabic character that represents a phrase: decomposed, it contains spaces; ligatures do not.
        EmailAddress.TryParse("\uFDFA@example.com", out _).ShouldBeFalse();

        // "ffi" as one character: 60 of them are 180 characters, too long for a local part.
        EmailAddress.TryParse(new string('\uFB03', 21) + "@example.com", out var address).ShouldBeTrue();
        address!.Normalized.ShouldBe(string.Concat(Enumerable.Repeat("ffi", 21)) + "@example.com");
        EmailAddress.TryParse(new string('\uFB03', 22) + "@example.com", out _).ShouldBeFalse();

        // Four labels of twenty "ffi" each are well-formed and short as entered, but 263 characters when decomposed.
        var domain = string.Join('.', Enumerable.Repeat(new string('\uFB03', 20), 4));
        EmailAddress.TryParse($"{new string('a', 10)}@{domain}", out _).ShouldBeTrue();
        EmailAddress.TryParse($"{new string('a', 11)}@{domain}", out _).ShouldBeFalse();
    }

    [Fact]
    public void The_entered_form_has_at_most_254_characters_even_if_the_compared_form_is_shorter()
    {
        // A letter and its accent, which compare equal to the composed letter.
        var domain = string.Join('.', Enumerable.Repeat(string.Concat(Enumerable.Repeat("u\u0308", 30)), 4));
        EmailAddress.TryParse($"{new string('a', 10)}@{domain}", out var address).ShouldBeTrue();
        address!.Value.Length.ShouldBe(254);
        EmailAddress.TryParse($"{new string('a', 11)}@{domain}", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ada@example-.com")]
    [InlineData("ada@exam(ple.com")]
    [InlineData("(ada@example.com")]
    [InlineData("ada)@example.com")]
    [InlineData("ada:b@example.com")]
    [InlineData("ada;b@example.com")]
    [InlineData("ada>@example.com")]
    [InlineData("ada[@example.com")]
    [InlineData("ada]@example.com")]
    [InlineData("ada\\@example.com")]
    [InlineData("ada\uFFFD@example.com")]
    [InlineData("ada\uE000@example.com")] // private use
    [InlineData("ada\u0378@example.com")] // not assigned
    public void Characters_that_break_mail_systems_are_rejected(string text) =>
        EmailAddress.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("ada@e-x.com")]
    [InlineData("ada@हिन्दी.example")] // with spacing and combining marks
    [InlineData("a.d.a@example.com")]
    public void Marks_and_hyphens_inside_are_accepted(string text) => EmailAddress.TryParse(text, out _).ShouldBeTrue();

    [Theory]
    [InlineData("  Ada@Ex ", "ada@ex")]
    [InlineData("ａｄａ", "ada")]
    [InlineData("", "")]
    [InlineData("a b", null)]
    [InlineData("a<", null)]
    public void Prefixes_are_compared_like_addresses(string prefix, string? normalized) =>
        EmailAddress.NormalizePrefix(prefix).ShouldBe(normalized);

    [Fact]
    public void The_address_is_kept_as_entered() =>
        EmailAddress.From(" Ada@Example.com ").ToString().ShouldBe("Ada@Example.com");

    [Fact]
    public void Converting_an_invalid_address_throws() =>
        Should.Throw<FormatException>(() => EmailAddress.From("ada")).Message.ShouldNotContain("ada");
}
