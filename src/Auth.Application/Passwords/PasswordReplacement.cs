using Auth.Application.Mail;
using Auth.Domain.Audit;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Passwords;

/// <summary>Does what every replacement of a password entails.</summary>
internal sealed class PasswordReplacement(FailureReset failures, Notices notices, IAuditLog audit)
{
    /// <summary>Forgets failed sign-ins, and records and tells of a password that was replaced. The caller saves.</summary>
    /// <param name="user">The user, with the new password.</param>
    /// <param name="auditType">How it was replaced.</param>
    /// <param name="client">Where the request came from.</param>
    /// <param name="now">When.</param>
    /// <param name="sessionId">The session that did it; null for none.</param>
    public async Task FollowAsync(
        User user,
        string auditType,
        ClientInfo client,
        DateTimeOffset now,
        Guid? sessionId = null
    )
    {
        audit.Record(auditType, client, now, user.Id, user.Id, sessionId);
        notices.Add(MailTemplate.PasswordChanged, user, client, now);
        await failures.ResetAsync(user); // guesses from now on are at another password
    }
}
