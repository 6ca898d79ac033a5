using System.Text;
using Auth.Domain.Users;
using Auth.Infrastructure.Security.Passwords;
using FsCheck;
using FsCheck.Fluent;

namespace Auth.UnitTests.Security.Passwords;

public sealed class PasswordPolicyTests
{
    private const string Name = "Alice Van Smith";

    private static readonly EmailAddress Email = EmailAddress.From("alice.smith79@Examplia.co.uk");

    private readonly PasswordPolicy _policy = new(new PasswordOptions());

    [Theory]
    [InlineData("password")]
    [InlineData("PASSWORD")]
    [InlineData("12345678")]
    [InlineData("P@ssw0rd")]
    [InlineData("drowssap")]
    [InlineData("AuthService")]
    [InlineData("4uthent1cation")]
    [InlineData("auth")]
    [InlineData("login")]
    public void A_common_password_is_rejected(string password) =>
        Check(password).ShouldNotBeNull().ShouldContain("too common");

    [Theory]
    [InlineData("Password123")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcdefgh")]
    [InlineData("1990-01-31")]
    [InlineData("login2024")]
    [InlineData("loginobelisk")]
    [InlineData("")]
    [InlineData("        ")]
    public void A_guessable_password_is_rejected(string password) =>
        Check(password).ShouldNotBeNull().ShouldContain("too easy to guess");

    [Theory]
    [InlineData("alice.smith79@examplia.co.uk")]
    [InlineData("ALICE.SMITH79@EXAMPLIA.CO.UK")]
    [InlineData("alice.smith79")]
    [InlineData("alicesmith79")]
    [InlineData("alice.smith80")]
    [InlineData("alice_smith!")]
    [InlineData("AliceSmith2024!")]
    [InlineData("SmithAlice")]
    [InlineData("alicealice")]
    [InlineData("Alice Van Smith")]
    [InlineData("alicevansmith1")]
    [InlineData("htims.ecila")]
    [InlineData("97htims.ecila")]
    [InlineData("examplia.co.uk")]
    [InlineData("Examplia1!")]
    [InlineData("...Examplia...")]
    [InlineData("ＡｌｉｃｅＳｍｉｔｈ")]
    [InlineData("4l1ce")]
    [InlineData("vanvanvan")]
    [InlineData("alicesmith836492")]
    [InlineData("-alice.smith8364")]
    public void A_password_made_of_the_address_or_name_is_rejected(string password) =>
        Check(password).ShouldNotBeNull().ShouldContain("your e-mail address or name");

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("Str0ng-Enough-Passw0rd!")]
    [InlineData("Tr0ub4dour&3-but-longer")]
    [InlineData("vjqkxzpwmb")]
    [InlineData("83649204718263")]
    [InlineData("kG7#qLw9!zRt")]
    [InlineData("😀🎈🐶🍕🚀🌵🎸🧊")]
    [InlineData("正しい馬電池留め金です")]
    [InlineData("лошадь батарея скрепка")]
    [InlineData("alice likes 27 green lanterns")]
    [InlineData("27 green lanterns like alice")]
    [InlineData("smith 8364920471826")]
    [InlineData("-alice.smith83649")]
    public void A_strong_password_is_accepted(string password) => Check(password).ShouldBeNull();

    [Fact]
    public void Words_of_a_name_are_rejected_only_for_its_owner()
    {
        const string password = "Wilhelmina Zoetemelk";

        _policy.Check(password, Email, "Wilhelmina Zoetemelk").ShouldNotBeNull();
        _policy.Check(password, Email, displayName: null).ShouldBeNull();
        _policy.Check(password, Email, displayName: "").ShouldBeNull();
    }

    [Fact]
    public void A_short_name_rejects_nothing_else() =>
        _policy.Check("aliolio-vexed-quartz", EmailAddress.From("a@b.io"), "Al Io").ShouldBeNull();

    [Theory]
    [InlineData("12345678")]
    [InlineData("AliceSmith2024!")]
    [InlineData("letmein123")]
    public void The_response_does_not_repeat_the_password(string password) =>
        Check(password).ShouldNotBeNull().ShouldNotContain(password, Case.Insensitive);

    [Fact]
    public void Only_the_first_hundred_characters_affect_the_strength()
    {
        Check(new string('a', 256)).ShouldNotBeNull();
        Check(new string('a', 100) + "kG7#qLw9!zRt").ShouldNotBeNull();
        Check("correct horse battery staple" + new string('a', 228)).ShouldBeNull();
    }

    [Fact]
    public void A_split_surrogate_pair_is_handled()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀🎈🐶🍕", 64));

        Check(emoji).ShouldBeNull();
        Check("x" + emoji).ShouldBeNull();
    }

    [Fact]
    public void Any_text_is_handled() =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(
                Gen.OneOf(
                        Gen.Choose(0x20, 0x7E),
                        Gen.Choose(0, 0xD7FF),
                        Gen.Choose(0xFB00, 0xFFFF),
                        Gen.Choose(0x1F300, 0x1FAFF),
                        Gen.Elements<int>([.. "4@8({[<3690!1|7$5+%2"])
                    )
                    .ArrayOf()
                    .Select(values => string.Concat(values.Take(256).Select(value => new Rune(value).ToString())))
                    .ToArbitrary(),
                password =>
                {
                    Check(password);
                    _policy.Check("correct horse battery staple", Email, password);
                }
            )
        );

    [Fact]
    public async Task Concurrent_requests_get_the_same_responses()
    {
        string[] passwords = ["password", "alicesmith", "letmein123", "correct horse battery staple"];
        var expected = passwords.Select(Check).ToArray();

        var policy = new PasswordPolicy(new PasswordOptions());
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i =>
                    Task.Run(
                        () => policy.Check(passwords[i % passwords.Length], Email, Name),
                        TestContext.Current.CancellationToken
                    )
                )
        );

        for (var i = 0; i < answers.Length; i++)
        {
            answers[i].ShouldBe(expected[i % expected.Length]);
        }
    }

    [Fact]
    public void The_most_common_passwords_of_sufficient_length_are_all_rejected()
    {
        // Ordered by frequency in leaks; the list is much longer than ASVS V6.2.4 requires.
        var common = CommonPasswords().Where(password => password.Length >= 8).ToList();
        common.Count.ShouldBeGreaterThan(3000);

        common.Where(password => Check(password) is null).ShouldBeEmpty();
        common.Take(300).Where(password => Check(password.ToUpperInvariant()) is null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Wayfarer")]
    [InlineData("wayfarer2026!")]
    [InlineData("W4yf4rer")]
    [InlineData("rerafyaw")]
    [InlineData("Blue-Lighthouse")]
    [InlineData("lighthouse99")]
    [InlineData("AliceAtWayfarer")]
    [InlineData("wayfarerlighthouse")]
    public void A_password_made_of_the_context_words_is_rejected(string password)
    {
        var policy = new PasswordPolicy(new PasswordOptions { ContextWords = ["Wayfarer", "Blue Lighthouse"] });

        policy.Check(password, Email, "Alice at sea").ShouldNotBeNull();
        policy.Check("wayfarer of seven violet kettles", Email, Name).ShouldBeNull();
    }

    [Fact]
    public void Context_words_are_reported_as_the_reason()
    {
        var policy = new PasswordPolicy(new PasswordOptions { ContextWords = ["Zoetemelk"] });

        policy.Check("Zoetemelk-2026", Email, Name).ShouldNotBeNull().ShouldContain("the name of this service");
        policy.Check("zo3t3m3lk", Email, Name).ShouldNotBeNull().ShouldContain("the name of this service");
    }

    private static List<string> CommonPasswords()
    {
        var library = typeof(Zxcvbn.Zxcvbn).Assembly;
        var name = library
            .GetManifestResourceNames()
            .Single(name => name.EndsWith("passwords.lst", StringComparison.Ordinal));
        using var reader = new StreamReader(library.GetManifestResourceStream(name)!);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ];
    }

    private string? Check(string password) => _policy.Check(password, Email, Name);
}
