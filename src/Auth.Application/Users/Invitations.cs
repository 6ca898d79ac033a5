using Auth.Application.Mail;
using Auth.Domain.Audit;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>Invites users.</summary>
internal sealed class Invitations(IMailOutbox outbox, FlowStarter starter, IAuditLog audit)
{
    /// <summary>Whether invitations can be sent.</summary>
    public bool ArePossible => outbox.IsEnabled;

    /// <summary>Sends an invitation, and records it. The caller saves.</summary>
    /// <param name="user">The invited user.</param>
    /// <param name="client">Where the request came from.</param>
    /// <param name="now">When.</param>
    /// <param name="actorId">Who invites; null for the operator.</param>
    /// <param name="detail">How it came about; null for an administrator's request.</param>
    public void Send(User user, ClientInfo client, DateTimeOffset now, Guid? actorId = null, string? detail = null)
    {
        starter.Start(FlowPurpose.Invitation, user.Email, user, new FlowMail(client, IsLimited: false), now);
        audit.Record(AuditTypes.UserInvited, client, now, user.Id, actorId, detail: detail);
    }
}
