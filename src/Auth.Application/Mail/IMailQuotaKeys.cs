using Auth.Domain.Users;

namespace Auth.Application.Mail;

/// <summary>Makes the keys of mail quotas, which do not reveal whose they are.</summary>
public interface IMailQuotaKeys
{
    /// <summary>The quota of mails with a link or code to an address.</summary>
    byte[] OfAddress(EmailAddress address);

    /// <summary>The quota of notices to an address that is not proven.</summary>
    byte[] OfNotices(EmailAddress address);

    /// <summary>The quota of mails that a known device of a user asks for.</summary>
    byte[] OfDevice(Guid userId, Guid deviceId);

    /// <summary>The quota of mails that a signed-in user asks for.</summary>
    byte[] OfUser(Guid userId);
}
