using Auth.Domain.Mail;
using Auth.Domain.Users;

namespace Auth.Application.Mail;

/// <summary>Finds out what prepared mails say. Each attempt has the same answer.</summary>
internal sealed class MailContents(
    IMailFlowRepository flows,
    IUserRepository users,
    IFlowSecrets secrets,
    IAddressSeal addresses,
    IMailFactsSeal facts
)
{
    /// <summary>Finds out what a mail says.</summary>
    /// <returns>Null if its link was used, or a later mail has replaced it.</returns>
    public async Task<MailContent?> FindAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var address = addresses.Open(mail.Id, mail.SealedAddress);
        var user = mail.UserId is { } userId ? await users.FindAsync(userId, cancellationToken) : null;
        var flow = mail.FlowId is { } flowId ? await flows.FindAsync(flowId, cancellationToken) : null;
        var content = new MailContent(mail.Template, mail.Culture, address, mail.PreparedAt!.Value)
        {
            DisplayName = IsProven(address, user, flow) ? user?.DisplayName : null,
            Facts = mail.SealedFacts is { } stored ? facts.Open(mail.Id, stored) : null,
        };
        if (mail.Generation is not { } generation)
        {
            return content;
        }

        // Also after it has expired, so that somebody who waited for it learns that it came.
        if (flow is not { ConsumedAt: null } || flow.Generation != generation)
        {
            return null;
        }

        var hasCode = FlowLifetimes.HasCode(flow.Purpose);
        return content with
        {
            LinkToken = secrets.CreateLinkToken(flow),
            LinkLifetime = FlowLifetimes.OfLink(flow.Purpose),
            Code = hasCode ? secrets.CreateCode(flow) : null,
            CodeLifetime = hasCode ? FlowLifetimes.Code : null,
        };
    }

    private static bool IsProven(EmailAddress address, User? user, MailFlow? flow) =>
        flow?.WasConfirmed == true || (user is { EmailConfirmed: true } && user.Email.Normalized == address.Normalized);
}
