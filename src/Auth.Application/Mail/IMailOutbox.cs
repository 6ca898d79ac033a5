namespace Auth.Application.Mail;

/// <summary>Takes mails, which are stored with the changes of the command and sent after they were saved.</summary>
public interface IMailOutbox
{
    /// <summary>Whether mail is switched on.</summary>
    bool IsEnabled { get; }

    /// <summary>Adds a mail to the unit of work.</summary>
    /// <exception cref="InvalidOperationException">Mail is switched off.</exception>
    void Add(MailRequest request);
}
