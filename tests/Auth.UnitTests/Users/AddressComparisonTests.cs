using System.Globalization;
using System.Text;
using Auth.Domain.Users;
using FsCheck;
using FsCheck.Fluent;

namespace Auth.UnitTests.Users;

public sealed class AddressComparisonTests
{
    private const int CapitalSharpS = 0x1E9E;

    private static readonly IdnMapping s_idn = new();

    [Theory]
    [InlineData("jo@bücher.example", "jo@xn--bcher-kva.example")]
    [InlineData("jo@bücher.example", "JO@XN--BCHER-KVA.EXAMPLE")]
    [InlineData("jo@bücher.example", "jo@BU\u0308CHER.example")]
    [InlineData("jo@straße.example", "jo@xn--strae-oqa.example")]
    [InlineData("jo@straße.example", "jo@STRAẞE.example")]
    [InlineData("jo@βόλος.example", "jo@xn--nxasmm1c.example")]
    [InlineData("jo@他们为什么不说中文.example", "jo@xn--ihqwcrb4cv8a8dqg056pqjye.example")]
    [InlineData("jo@почемужеонинеговорятпорусски.example", "jo@xn--b1abfaaepdrnnbgefbadotcwatmq2g4l.example")]
    [InlineData("jo@ليهمابتكلموشعربي.example", "jo@xn--mgbcah9ar9a4efegftvvn.example")]
    [InlineData("jo@3年b組金八先生.example", "jo@xn--3b-ww4c5e180e575a65lsy2b.example")]
    [InlineData("jo@\U0001D400\U00010330.example", "jo@xn--a-je2i.example")] // outside the Basic Multilingual Plane
    [InlineData("jo@exa\uFE0Fmple.com", "jo@example.com")]
    [InlineData("ΝΙΚΟΣ@example.com", "νικος@example.com")]
    [InlineData("ΝΙΚΟΣ@example.com", "νικοσ@example.com")]
    [InlineData("straße@example.com", "STRASSE@example.com")]
    [InlineData("straße@example.com", "STRAẞE@example.com")]
    [InlineData("ᾳ@example.com", "ΑΙ@example.com")]
    [InlineData("ŉa@example.com", "ʼNa@example.com")]
    [InlineData("ﬃ@example.com", "FFI@example.com")]
    [InlineData("µ@example.com", "Μ@example.com")] // micro sign and mu
    [InlineData("İ@example.com", "i\u0307@example.com")]
    [InlineData("TITLE@example.com", "title@example.com")]
    [InlineData("ꭰ@example.com", "Ꭰ@example.com")] // Cherokee
    [InlineData("jo\uFE0F\u034F@example.com", "jo@example.com")] // invisible
    public void Spellings_of_a_mailbox_are_the_same(string one, string other) =>
        EmailAddress.From(one).Normalized.ShouldBe(EmailAddress.From(other).Normalized);

    [Theory]
    [InlineData("jo@straße.example", "jo@strasse.example")] // two domains since IDNA 2008
    [InlineData("jo@βόλος.example", "jo@βόλοσ.example")]
    [InlineData("jo@bücher.example", "jo@bucher.example")]
    [InlineData("ı@example.com", "i@example.com")]
    [InlineData("İ@example.com", "i@example.com")]
    [InlineData("a@example.com", "а@example.com")] // Latin and Cyrillic
    public void Different_mailboxes_are_not_equal(string one, string other) =>
        EmailAddress.From(one).Normalized.ShouldNotBe(EmailAddress.From(other).Normalized);

    [Theory]
    [InlineData("xn--bcher-2pa.example")] // decodes to an upper-case letter, which domains cannot contain
    [InlineData("xn--bcher-kv.example")]
    [InlineData("xn--i-7iq.example")] // decodes to a symbol
    [InlineData("xn--99999999999999999999.example")]
    [InlineData("xn--a.example")]
    [InlineData("xn--0.example")]
    [InlineData("xn--bc.her-kva.example")]
    [InlineData("axn--bcher-kva.example")]
    public void A_label_that_only_looks_like_punycode_is_kept(string domain) =>
        EmailAddress.From("jo@" + domain).Normalized.ShouldBe("jo@" + domain);

    [Fact]
    public void Casing_does_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");

            EmailAddress.From("TITLE@EXAMPLE.COM").Normalized.ShouldBe("title@example.com");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_character_compares_equal_in_both_cases_and_all_normalization_forms()
    {
        foreach (var rune in AllRunes())
        {
            if (!EmailAddress.TryParse($"a{rune}b@example.com", out var address))
            {
                continue;
            }

            var normalized = address!.Normalized;
            EmailAddress.From(normalized).Normalized.ShouldBe(normalized);
            string[] spellings =
            [
                address.LegacyNormalized,
                address.Value.ToUpperInvariant(),
                address.Value.ToLowerInvariant(),
                address.Value.Normalize(NormalizationForm.FormD),
                address.Value.Normalize(NormalizationForm.FormKC),
            ];
            foreach (var spelling in spellings)
            {
                // Two signs are valid only if they are not decomposed into < or > and a stroke.
                if (EmailAddress.TryParse(spelling, out var other))
                {
                    other!.Normalized.ShouldBe(normalized, $"U+{rune.Value:X4}");
                }
            }
        }
    }

    [Fact]
    public void Every_character_of_a_domain_is_compared_as_UTS_46_maps_it()
    {
        var compared = 0;
        foreach (var rune in AllRunes())
        {
            if (
                EmailAddress.TryParse($"jo@a{rune}b.example", out var address)
                && TryGetAscii($"a{rune}b.example") is { } ascii
            )
            {
                compared++;
                EmailAddress.From(address!.Normalized).Normalized.ShouldBe(address.Normalized);
                if (rune.Value != CapitalSharpS) // "ss" until Unicode 15.1, sharp s since
                {
                    EmailAddress.From("jo@" + ascii).Normalized.ShouldBe(address.Normalized, $"U+{rune.Value:X4}");
                }
            }
        }

        compared.ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public void Any_address_is_found_by_its_other_spellings() =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(
                Gen.OneOf(
                        Gen.Choose('a', 'z'),
                        Gen.Elements<int>([.. "ßẞςΣσİıIſKÅµΐᾳᾈ\u0345\u0308\u0301\uFE0F가각ꭰⅷ３-."]),
                        Gen.Choose(0xC0, 0x24F),
                        Gen.Choose(0x370, 0x3FF),
                        Gen.Choose(0x1F00, 0x1FFF),
                        Gen.Choose(0x10400, 0x1044F)
                    )
                    .Where(Rune.IsValid)
                    .ArrayOf()
                    .Select(values => string.Concat(values.Take(12).Select(value => new Rune(value).ToString())))
                    .Two()
                    .ToArbitrary(),
                parts =>
                {
                    var (local, domain) = (parts.Item1, parts.Item2);
                    if (!EmailAddress.TryParse($"{local}@{domain}.example", out var address))
                    {
                        return;
                    }

                    var normalized = address!.Normalized;
                    EmailAddress.From(normalized).Normalized.ShouldBe(normalized);
                    EmailAddress.From(address.Value.Normalize(NormalizationForm.FormD)).Normalized.ShouldBe(normalized);
                    var capitals = local.Normalize(NormalizationForm.FormD).ToUpperInvariant(); // accents in order first
                    if (EmailAddress.TryParse($"{capitals}@{domain}.EXAMPLE", out var upper))
                    {
                        upper!.Normalized.ShouldBe(normalized);
                    }

                    // UTS 46 maps letter by letter; the service composes first.
                    if (domain.IsNormalized() && !domain.Contains('ẞ') && TryGetAscii(domain + ".example") is { } ascii)
                    {
                        EmailAddress.From($"{local}@{ascii}").Normalized.ShouldBe(normalized);
                    }
                }
            )
        );

    [Theory]
    [InlineData("jo@BÜCH", "jo@büch")]
    [InlineData("jo@xn--bcher-kva", "jo@bücher")]
    [InlineData("jo@xn--bcher-kva.ex", "jo@bücher.ex")]
    [InlineData("jo@xn--bc", "jo@xn--bc")]
    [InlineData("ΝΙΚΟΣ", "νικοσ")]
    [InlineData("Straß", "strass")]
    [InlineData("jo@straß", "jo@straß")]
    public void Prefixes_are_compared_like_addresses(string prefix, string normalized) =>
        EmailAddress.NormalizePrefix(prefix).ShouldBe(normalized);

    [Theory]
    [InlineData(EmailAddress.MaxLength, true)]
    [InlineData(EmailAddress.MaxLength + 1, false)]
    public void No_address_starts_with_more_than_its_maximum_length(int length, bool isPossible) =>
        EmailAddress.NormalizePrefix(new string('a', length)).ShouldBe(isPossible ? new string('a', length) : null);

    [Theory]
    [InlineData("ΝΙΚΟΣ@example.com", "νικοσ@example.com")]
    [InlineData("νικος@example.com", "νικος@example.com")]
    [InlineData("Jo@XN--BCHER-KVA.example", "jo@xn--bcher-kva.example")]
    [InlineData("Straße@example.com", "straße@example.com")]
    public void Addresses_stored_by_an_earlier_version_are_recognized(string address, string stored)
    {
        EmailAddress.From(address).LegacyNormalized.ShouldBe(stored);
        EmailAddress.NormalizeLegacyPrefix(address[..^4]).ShouldBe(stored[..^4]);
        EmailAddress.From(stored).Normalized.ShouldBe(EmailAddress.From(address).Normalized);
    }

    private static IEnumerable<Rune> AllRunes() =>
        Enumerable.Range(0x80, 0x110000 - 0x80).Where(Rune.IsValid).Select(value => new Rune(value));

    /// <summary>The result of ICU for a domain; null if ICU rejects it.</summary>
    private static string? TryGetAscii(string domain)
    {
        try
        {
            return s_idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
