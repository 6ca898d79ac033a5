using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Auth.Domain.Roles;
using FsCheck;
using FsCheck.Fluent;

namespace Auth.UnitTests.Roles;

public sealed class RoleNameTests
{
    [Theory]
    [InlineData("viewer")]
    [InlineData("a1")]
    [InlineData("team.lead_2-x")]
    [InlineData("Admin")]
    [InlineData("Super User")]
    [InlineData("Head of R-D 2")]
    [InlineData("Редактор")]
    [InlineData("編集者")]
    [InlineData("संपादक")] // with combining marks
    public void Names_are_kept_as_written(string name) => RoleName.From(name).Value.ShouldBe(name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1a")]
    [InlineData("_a")]
    [InlineData(" ab")]
    [InlineData("ab ")]
    [InlineData("a  b")]
    [InlineData("a\tb")]
    [InlineData("a\u00A0b")]
    [InlineData("a\u2028b")]
    [InlineData("viewer\n")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a,b")]
    [InlineData("[ab]")]
    [InlineData("\u0301ab")] // a combining mark without a letter
    [InlineData("ab.\u0301")]
    [InlineData("a\u200Db")] // invisible characters
    [InlineData("ab\uFE0F")]
    [InlineData("a\u3164b")]
    [InlineData("ab½")]
    [InlineData("ab\U00010428")] // outside the Basic Multilingual Plane
    [InlineData("ab\uFAD5")] // composed as well
    [InlineData("ab\uD800")] // a lone surrogate
    [InlineData("ab\uFC5E")] // a letter that is normalized to a space and marks
    public void Invalid_names_are_rejected(string? text)
    {
        RoleName.IsValid(text).ShouldBeFalse();
        if (text is not null)
        {
            Should.Throw<FormatException>(() => RoleName.From(text));
        }
    }

    [Fact]
    public void Names_have_2_to_64_characters_before_and_after_normalization()
    {
        RoleName.IsValid(new string('a', 64)).ShouldBeTrue();
        RoleName.IsValid(new string('a', 65)).ShouldBeFalse();
        RoleName.IsValid(string.Concat(Enumerable.Repeat("e\u0301", 64))).ShouldBeTrue("64 when composed");
        RoleName.IsValid(new string('ß', 32)).ShouldBeTrue();
        RoleName.IsValid(new string('ß', 33)).ShouldBeFalse("66 when folded to ss");
        RoleName.IsValid("ß").ShouldBeFalse();
    }

    [Theory]
    [InlineData("Admin", "admin")]
    [InlineData("SUPER USER", "Super User")]
    [InlineData("РЕДАКТОР", "Редактор")]
    [InlineData("Straßenbau", "STRASSENBAU")]
    [InlineData("ΝΙΚΟΣ", "νικος")]
    [InlineData("\u00C9diteur", "e\u0301DITEUR")] // composed and decomposed
    [InlineData("ａｄｍｉｎ", "admin")] // full width
    public void Names_that_differ_in_case_or_form_are_the_same(string one, string other)
    {
        RoleName.From(one).ShouldBe(RoleName.From(other));
        RoleName.From(one).GetHashCode().ShouldBe(RoleName.From(other).GetHashCode());
    }

    [Theory]
    [InlineData("Super User", "SuperUser")]
    [InlineData("super-user", "super user")]
    [InlineData("аdmin", "admin")] // Cyrillic and Latin
    [InlineData("Éditeur", "Editeur")]
    public void Different_names_are_not_equal(string one, string other) =>
        RoleName.From(one).ShouldNotBe(RoleName.From(other));

    [Fact]
    public void Names_are_normalized_to_NFC() => RoleName.From("E\u0301diteur").Value.ShouldBe("\u00C9diteur");

    // Instances of the earlier version have no other normalized name.
    [Fact]
    public void Names_of_the_earlier_version_are_already_normalized()
    {
        var characters = "abcdefghijklmnopqrstuvwxyz0123456789._-".ToCharArray();
        var names =
            from first in Gen.Choose('a', 'z')
            from rest in Gen.Elements(characters).ArrayOf()
            where rest.Length is > 0 and < RoleName.MaxLength
            select (char)first + new string(rest);

        Prop.ForAll(names.ToArbitrary(), name => RoleName.From(name).Normalized == name).QuickCheckThrowOnFailure();
    }

    // The reader of access tokens accepts no escapes.
    [Fact]
    public void No_character_of_a_name_is_escaped_in_a_token()
    {
        foreach (var rune in AllRunes())
        {
            if (RoleName.TryParse($"a{rune}b", out var name))
            {
                JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(name.Value).ShouldBe(name.Value);
            }
        }
    }

    [Fact]
    public void A_normalized_name_is_valid_and_normalizes_to_itself()
    {
        foreach (var rune in AllRunes())
        {
            if (RoleName.TryParse($"a{rune}b", out var name))
            {
                RoleName.From(name.Normalized).Normalized.ShouldBe(name.Normalized, $"U+{rune.Value:X4}");
            }
        }
    }

    [Fact]
    public void The_OpenAPI_pattern_accepts_every_valid_name()
    {
        // Generated clients check it. It is more permissive: invisible characters, and names that are too long when normalized.
        // To .NET, $ is also the place before a line break at the end; to JSON Schema it is not.
        var pattern = new Regex(RoleName.Pattern[..^1] + @"\z", RegexOptions.None, TimeSpan.FromSeconds(1));
        foreach (var rune in AllRunes())
        {
            foreach (var text in new[] { $"{rune}a", $"a{rune}", $"a{rune}b", $"a {rune}b", $"a.{rune}" })
            {
                if (RoleName.IsValid(text))
                {
                    pattern.IsMatch(text).ShouldBeTrue(text);
                }
                else if (rune.IsAscii)
                {
                    pattern.IsMatch(text).ShouldBeFalse(text);
                }
            }
        }

        pattern.IsMatch("a  b").ShouldBeFalse();
        pattern.IsMatch("ab ").ShouldBeFalse();
    }

    private static IEnumerable<Rune> AllRunes() =>
        from value in Enumerable.Range(0, 0x20000)
        where Rune.IsValid(value)
        let rune = new Rune(value)
        where Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned
        select rune;
}
