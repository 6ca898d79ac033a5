using System.Text;
using Auth.Application.Mail;
using MimeKit;
using MimeKit.Text;

namespace Auth.Infrastructure.Mail;

/// <summary>Turns what a mail says into a message.</summary>
internal sealed class MailComposer(MailOptions options, MailTemplates templates)
{
    /// <summary>Creates the message. It is the same at each attempt, so that a receiver can tell a repeated one.</summary>
    public MimeMessage Compose(Guid id, MailContent content)
    {
        var words = templates.Render(content);
        var message = CreateEmpty(id, content.Address.Value, content.PreparedAt);
        message.Subject = words.Subject;
        message.Body = new MultipartAlternative
        {
            new TextPart(TextFormat.Plain)
            {
                Text = words.Text,
                ContentTransferEncoding = ContentEncoding.QuotedPrintable,
            },
            new TextPart(TextFormat.Html)
            {
                Text = words.Html,
                ContentTransferEncoding = ContentEncoding.QuotedPrintable,
            },
        };
        ((Multipart)message.Body).Boundary = $"mail-{id:N}";
        message.Body.Headers.Add(HeaderId.ContentLanguage, content.Culture);
        return message;
    }

    /// <summary>Creates a message that shows that mail works.</summary>
    public MimeMessage ComposeTest(string address, DateTimeOffset now)
    {
        var message = CreateEmpty(Guid.CreateVersion7(now), address, now);
        message.Subject = $"Test of {options.FromName}";
        message.Body = new TextPart(TextFormat.Plain) { Text = "Mail works.\r\n" };
        return message;
    }

    private MimeMessage CreateEmpty(Guid id, string address, DateTimeOffset date)
    {
        var sender = new MailboxAddress(Encoding.UTF8, options.FromName, options.FromAddress);
        // The receiver's name is not known to be theirs.
        var message = new MimeMessage { MessageId = $"{id:N}@{sender.Domain}", Date = date };
        message.From.Add(sender);
        try
        {
            message.To.Add(new MailboxAddress(Encoding.UTF8, name: null, address));
        }
        catch (ParseException failure)
        {
            throw new MailRejectedException("the address cannot be used in mail", failure);
        }

        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
