using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Factors;
using FsCheck;
using FsCheck.Fluent;

namespace Auth.UnitTests.Security.Factors;

public sealed class RecoveryCodesTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly byte[] s_old = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 7))];
    private static readonly byte[] s_new = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 5))];

    private readonly RecoveryCodes _codes = new(new MasterKeys([s_new]));
    private readonly Guid _user = Guid.CreateVersion7();

    [Fact]
    public void A_code_is_four_groups_of_six_characters_and_never_the_same()
    {
        var codes = Enumerable.Range(0, 100).Select(_ => _codes.Create(_user)).ToList();

        codes.ShouldAllBe(code =>
            code.Text.Split('-').Length == 4 && code.Text.Split('-').All(group => group.Length == 6)
        );
        codes.ShouldAllBe(code => code.Text.Replace("-", "").All(character => Alphabet.Contains(character)));
        codes.Select(code => code.Text).ShouldBeUnique();
    }

    // Any case, hyphens and blanks anywhere, and the letters that look like digits.
    [Fact]
    public void A_code_is_recognized_however_it_is_written() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                Gen.Choose(0, 9999).ArrayOf(27).ToArbitrary(),
                choices =>
                {
                    var code = _codes.Create(_user);
                    var written = string.Concat(code.Text.Zip(choices, Write));

                    _codes.HashesOf(_user, written).ShouldBe([code.Hash], written);
                }
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("-- -")]
    [InlineData("ABCDEF-ABCDEF-ABCDEF-ABCDE")]
    [InlineData("ABCDEF-ABCDEF-ABCDEF-ABCDEF0")]
    [InlineData("UUUUUU-ABCDEF-ABCDEF-ABCDEF")]
    [InlineData("ÄBCDEF-ABCDEF-ABCDEF-ABCDEF")]
    public void Anything_else_is_no_code(string text) => _codes.HashesOf(_user, text).ShouldBeEmpty();

    [Fact]
    public void The_hash_depends_on_the_user_and_the_master_key()
    {
        var code = _codes.Create(_user);

        _codes.HashesOf(Guid.CreateVersion7(), code.Text).Single().ShouldNotBe(code.Hash);
        new RecoveryCodes(new MasterKeys([s_old])).HashesOf(_user, code.Text).Single().ShouldNotBe(code.Hash);
    }

    [Fact]
    public void Codes_survive_a_change_of_the_master_key()
    {
        var code = new RecoveryCodes(new MasterKeys([s_old])).Create(_user);

        new RecoveryCodes(new MasterKeys([s_new, s_old]))
            .HashesOf(_user, code.Text)
            .ShouldContain(hash => hash.SequenceEqual(code.Hash));
    }

    private static string Write(char character, int choice)
    {
        var alike = character switch
        {
            '1' => "1IiLl",
            '0' => "0Oo",
            '-' => "- ",
            _ => $"{character}{char.ToLowerInvariant(character)}",
        };
        var after = (choice % 10) switch
        {
            0 => " ",
            1 => "-",
            _ => "",
        };
        return alike[choice / 10 % alike.Length] + after;
    }
}
