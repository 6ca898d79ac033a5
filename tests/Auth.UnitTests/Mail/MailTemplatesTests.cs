using System.Text.RegularExpressions;
using Auth.Domain.Mail;
using Auth.Infrastructure.Mail;

namespace Auth.UnitTests.Mail;

public sealed partial class MailTemplatesTests
{
    private static readonly MailOptions s_options = MailWorld.Options;

    private readonly MailTemplates _templates = new(s_options);

    public static TheoryData<MailTemplate, string> All =>
        new(
            from template in Enum.GetValues<MailTemplate>()
            from culture in MailOptions.BuiltInCultures
            select (template, culture)
        );

    [Theory]
    [MemberData(nameof(All))]
    public void Every_mail_says_all_it_has_to_in_every_language(MailTemplate template, string culture)
    {
        var sample = MailSamples.Create(template, culture);
        var mail = _templates.Render(sample);

        mail.Subject.ShouldNotBeNullOrWhiteSpace();
        mail.Html.ShouldContain($"<html lang=\"{culture}\">");
        foreach (var body in (string[])[mail.Text, mail.Html])
        {
            body.ShouldContain(culture == "de" ? "Guten Tag Ada Lovelace," : "Hello Ada Lovelace,");
            body.ShouldContain(s_options.FromName);
            body.ShouldNotContain("{{");
            body.ShouldNotContain("false");
            if (sample.LinkToken is { } token)
            {
                body.ShouldContain(s_options.Links.Find(template, token));
                body.ShouldContain(sample.Code ?? "");
                body.ShouldNotContain(sample.Facts!.IpAddress!);
            }
            else if (template is not MailTemplate.AlreadyRegistered and not MailTemplate.NewEmail)
            {
                body.ShouldContain(sample.Facts!.IpAddress!);
                body.ShouldContain("Firefox, Windows");
                body.ShouldContain(culture == "de" ? "Samstag, 14. M" : "Saturday, March 14, 2026, 09:26 UTC");
                body.ShouldContain(s_options.Links.BaseUrl);
            }
        }

        // Nothing is loaded from elsewhere: the sender would learn who reads it, and when.
        RemoteContent().IsMatch(mail.Html).ShouldBeFalse();
        mail.Text.Split("\r\n").ShouldAllBe(line => line.Length < 998 && !line.Contains('\n'));
    }

    [Fact]
    public void Links_lead_to_the_page_of_the_mail()
    {
        s_options
            .Links.Find(MailTemplate.Invitation, "x")
            .ShouldBe("https://app.example.com/account/accept-invitation#token=x");
        s_options
            .Links.Find(MailTemplate.EmailChanged, "x")
            .ShouldBe("https://app.example.com/account/undo-email-change#token=x");
        s_options.Links.Find(MailTemplate.NewDevice, token: null).ShouldBe("https://app.example.com/account");
        Should.Throw<ArgumentOutOfRangeException>(() => s_options.Links.Find(MailTemplate.NewDevice, "x"));
    }

    [Fact]
    public void Text_of_users_is_encoded_and_stays_on_one_line()
    {
        var sample = MailSamples.Create(MailTemplate.NewDevice, "en") with { DisplayName = "<b>Ada</b>\r\nBcc: x" };
        var mail = _templates.Render(sample);
        mail.Html.ShouldContain("Hello &lt;b&gt;Ada&lt;/b&gt; Bcc: x,");
        mail.Text.ShouldStartWith("Hello <b>Ada</b> Bcc: x,\r\n");
    }

    [Fact]
    public void Without_a_name_the_greeting_has_none()
    {
        var mail = _templates.Render(MailSamples.Create(MailTemplate.NewDevice, "de") with { DisplayName = null });
        mail.Text.ShouldStartWith("Guten Tag,\r\n");
    }

    [Fact]
    public void Files_replace_templates_one_by_one()
    {
        using var folder = new TemplateFolder();
        folder.Write("new-device.en", "{% assign subject = 'Ahoy' %}{% capture intro %}{{ service }}!{% endcapture %}");
        var (cultures, problems) = MailTemplateFolder.Check(folder.Options);
        problems.ShouldBeEmpty();
        cultures.ShouldBe(["en", "de"]);

        var templates = new MailTemplates(folder.Options);
        var mail = templates.Render(MailSamples.Create(MailTemplate.NewDevice, "en"));
        mail.Subject.ShouldBe("Ahoy");
        mail.Text.ShouldContain("Example!");
        templates
            .Render(MailSamples.Create(MailTemplate.NewDevice, "de"))
            .Subject.ShouldBe("Neue Anmeldung bei Ihrem Konto");
    }

    [Theory]
    [InlineData("new-device.en", "{% if %}", "new-device.en.liquid: ")]
    [InlineData("new-device.de", "{{ nmae }}", "new-device.de.liquid: Undefined variable 'nmae'")]
    [InlineData("layout.html", "{{ subject | uppper }}", "layout.html.liquid: ")]
    [InlineData("new-devise.en", "x", "new-devise.en.liquid is not the name of a template.")]
    [InlineData("new-device.xx-yy-zz", "x", "new-device.xx-yy-zz.liquid is not the name of a template.")]
    [InlineData("new-device", "x", "new-device.liquid is not the name of a template.")]
    public void A_template_that_cannot_be_used_is_named(string name, string text, string problem)
    {
        using var folder = new TemplateFolder();
        folder.Write(name, text);
        MailTemplateFolder.Check(folder.Options).Problems.ShouldHaveSingleItem().ShouldStartWith(problem);
    }

    [Fact]
    public void A_further_language_needs_all_templates()
    {
        using var folder = new TemplateFolder();
        folder.Write("new-device.fr", "{% assign subject = 'Connexion' %}");
        var (cultures, problems) = MailTemplateFolder.Check(folder.Options);
        cultures.ShouldBe(["en", "de", "fr"]);
        problems.ShouldHaveSingleItem().ShouldBe("labels.fr.liquid does not exist.");

        foreach (var file in MailWorld.ListBuiltIn(".en"))
        {
            folder.Write(Path.ChangeExtension(file, "fr"), MailWorld.ReadBuiltIn(file));
        }

        MailTemplateFolder.Check(folder.Options).Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
        "Edge, Windows"
    )]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android")]
    [InlineData("Visit https://evil.example now", null)]
    [InlineData(null, null)]
    public void Devices_are_named_in_words_of_our_own(string? userAgent, string? name) =>
        DeviceNames.Find(userAgent).ShouldBe(name);

    [GeneratedRegex(
        """(?:src|background|srcset)=|url\(|@import|<link""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex RemoteContent();

    private sealed class TemplateFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("auth-templates-");

        public MailOptions Options => s_options with { TemplateFolder = _folder.FullName };

        public void Write(string name, string text) =>
            File.WriteAllText(Path.Combine(_folder.FullName, name + ".liquid"), text);

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
