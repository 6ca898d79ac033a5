namespace Auth.Application.Mail;

/// <summary>Encrypts the circumstances of mails under the master key.</summary>
public interface IMailFactsSeal
{
    /// <summary>Encrypts the circumstances of a mail.</summary>
    byte[] Seal(Guid mailId, MailFacts facts);

    /// <summary>Decrypts the circumstances of a mail.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// The master key is not configured, or the value was changed or belongs to another mail.
    /// </exception>
    MailFacts Open(Guid mailId, byte[] stored);
}
