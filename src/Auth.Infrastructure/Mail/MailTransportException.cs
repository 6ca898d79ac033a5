namespace Auth.Infrastructure.Mail;

/// <summary>A mail was not delivered.</summary>
/// <param name="reason">Why, without the address or anything else that the server said: it is logged.</param>
/// <param name="inner">The cause.</param>
internal class MailTransportException(string reason, Exception inner) : Exception(reason, inner);

/// <summary>The server accepts no mail for the address, and never will.</summary>
internal sealed class MailRejectedException(string reason, Exception inner) : MailTransportException(reason, inner);
