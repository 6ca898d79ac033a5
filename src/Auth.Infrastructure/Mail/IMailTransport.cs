using MimeKit;

namespace Auth.Infrastructure.Mail;

/// <summary>Delivers mail to where the service has no more to do with it.</summary>
internal interface IMailTransport
{
    /// <summary>Delivers a mail. When the task completes, the receiver is responsible for it.</summary>
    /// <exception cref="MailRejectedException">The server accepts no mail for the address.</exception>
    /// <exception cref="MailTransportException">The mail was not delivered.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}
