using System.Text;
using Auth.Domain.Mail;
using Auth.Domain.Users;
using Auth.Infrastructure.Mail;
using FsCheck;
using FsCheck.Fluent;
using MimeKit;

namespace Auth.UnitTests.Mail;

public sealed class MailComposerTests
{
    private static readonly Guid s_id = Guid.Parse("01938a5c-0000-7000-8000-000000000001");

    private readonly MailComposer _composer = new(MailWorld.Options, new MailTemplates(MailWorld.Options));

    [Fact]
    public void A_mail_composed_again_is_the_same()
    {
        var sample = MailSamples.Create(MailTemplate.ResetPassword, "de");
        var first = Write(_composer.Compose(s_id, sample));
        Write(_composer.Compose(s_id, sample)).ShouldBe(first);
        first.ShouldContain($"Message-Id: <{s_id:N}@example.com>\r\n");
    }

    [Fact]
    public void Headers_say_who_sends_it_and_that_a_program_does()
    {
        var mail = _composer.Compose(s_id, MailSamples.Create(MailTemplate.VerifyEmail, "en"));
        mail.From.ToString().ShouldBe("\"Example\" <noreply@example.com>");
        mail.To.ToString().ShouldBe("ada@example.com");
        mail.Headers[HeaderId.AutoSubmitted].ShouldBe("auto-generated");
        mail.Date.ShouldBe(MailSamples.Create(MailTemplate.VerifyEmail, "en").PreparedAt);
    }

    [Fact]
    public void Neither_names_nor_addresses_can_add_headers()
    {
        var full = Environment.GetEnvironmentVariable("AUTH_TEST_FULL") == "1";
        var hostile = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>(),
            Gen.Elements(
                "\r\nBcc: victim@example.com",
                "\n\n<script>",
                "\"<x@example.org>,",
                "=?utf-8?q?=0ABcc:?=",
                "\u2028",
                "ﷺ"
            )
        );
        var texts = hostile.ListOf(3).Select(string.Concat);
        var domains = Gen.Elements("example.com", "bücher.example", "xn--bcher-kva.example");
        var mails =
            from name in texts
            from local in texts
            from domain in domains
            select (name, address: $"{local}@{domain}");

        Prop.ForAll(
                mails.ToArbitrary(),
                mail =>
                {
                    if (!EmailAddress.TryParse(mail.address, out var address))
                    {
                        address = EmailAddress.From("ada@example.com");
                    }

                    var sample = MailSamples.Create(MailTemplate.NewDevice, "en") with
                    {
                        DisplayName = mail.name,
                        Address = address!,
                    };
                    try
                    {
                        ShouldHaveOnlyItsHeaders(_composer.Compose(s_id, sample));
                    }
                    catch (MailRejectedException)
                    {
                        // No mail at all is as good.
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(full ? 10_000 : 300));
    }

    private static void ShouldHaveOnlyItsHeaders(MimeMessage mail)
    {
        using var written = new MemoryStream();
        mail.WriteTo(written);
        written.Position = 0;
        using var read = MimeMessage.Load(written);
        read.Headers.Select(header => header.Field)
            .ShouldBe(
                ["From", "Date", "Message-Id", "To", "Auto-Submitted", "Subject", "MIME-Version"],
                ignoreOrder: true
            );
        read.Body!.Headers.Select(header => header.Field)
            .ShouldBe(["Content-Type", "Content-Language"], ignoreOrder: true);
        read.To.Mailboxes.Count().ShouldBe(1);
        read.From.Mailboxes.Single().Address.ShouldBe("noreply@example.com");
        read.Subject.ShouldBe("New sign-in to your account");
        read.BodyParts.Count().ShouldBe(2);
    }

    private static string Write(MimeMessage mail)
    {
        using var written = new MemoryStream();
        mail.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, written);
        return Encoding.UTF8.GetString(written.ToArray());
    }
}
