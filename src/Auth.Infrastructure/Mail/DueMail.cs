using Auth.Domain.Mail;

namespace Auth.Infrastructure.Mail;

/// <summary>A mail that is due.</summary>
/// <param name="Id">The mail.</param>
/// <param name="Template">What it was asked to say.</param>
/// <param name="Attempts">How many attempts have begun. A lease succeeds only while that is the number.</param>
/// <param name="CreatedAt">When it was asked for.</param>
internal sealed record DueMail(Guid Id, MailTemplate Template, int Attempts, DateTimeOffset CreatedAt);
