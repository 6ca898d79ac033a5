using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Mail;

/// <summary>Tells users by mail what happened to their account.</summary>
internal sealed class Notices(IMailOutbox outbox)
{
    /// <summary>Adds a notice, which is stored together with the change that it tells of.</summary>
    /// <param name="template">What happened.</param>
    /// <param name="user">Whose account it is.</param>
    /// <param name="client">Where the request came from.</param>
    /// <param name="now">When.</param>
    public void Add(MailTemplate template, User user, ClientInfo client, DateTimeOffset now)
    {
        if (outbox.IsEnabled)
        {
            // Limited where the address is not proven: it may belong to somebody who has nothing to do with the account.
            outbox.Add(
                new MailRequest(
                    template,
                    user.Email,
                    client.Culture,
                    user.Id,
                    FlowId: null,
                    IsLimited: !user.EmailConfirmed,
                    MailFacts.Of(client, now)
                )
            );
        }
    }
}
