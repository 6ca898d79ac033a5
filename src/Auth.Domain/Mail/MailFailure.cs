namespace Auth.Domain.Mail;

/// <summary>Why a mail was given up. The names are stored.</summary>
public enum MailFailure
{
    /// <summary>It could not be delivered for as long as it was worth trying.</summary>
    Expired,

    /// <summary>The server does not accept mail for the address.</summary>
    Rejected,
}
