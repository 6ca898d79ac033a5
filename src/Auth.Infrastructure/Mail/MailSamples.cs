using Auth.Application.Mail;
using Auth.Domain.Mail;
using Auth.Domain.Users;

namespace Auth.Infrastructure.Mail;

/// <summary>Sample data with which templates are checked.</summary>
internal static class MailSamples
{
    /// <summary>Creates a mail with everything that its template may use.</summary>
    public static MailContent Create(MailTemplate template, string culture)
    {
        var now = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);
        var content = new MailContent(template, culture, EmailAddress.From("ada@example.com"), now)
        {
            DisplayName = "Ada Lovelace",
            Facts = new MailFacts(
                now,
                "203.0.113.7",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Firefox/140.0"
            )
            {
                Subject = template is MailTemplate.FactorAdded or MailTemplate.FactorRemoved ? "Phone" : null,
            },
        };
        if (!MailLinks.HasLink(template))
        {
            return content;
        }

        content = content with { LinkToken = "c2FtcGxlLWxpbmstdG9rZW4" };
        return template switch
        {
            MailTemplate.EmailChanged or MailTemplate.Invitation => content with
            {
                LinkLifetime = TimeSpan.FromDays(7),
            },
            MailTemplate.ResetPassword => WithCode(content, TimeSpan.FromMinutes(30)),
            _ => WithCode(content, TimeSpan.FromHours(24)),
        };
    }

    private static MailContent WithCode(MailContent content, TimeSpan linkLifetime) =>
        content with
        {
            LinkLifetime = linkLifetime,
            Code = "314159",
            CodeLifetime = TimeSpan.FromMinutes(10),
        };
}
