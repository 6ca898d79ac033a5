using Auth.Domain.Audit;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Mail;

/// <summary>
/// Decides whether a mail is sent, and what it says. Here, and not in the request that asked for it, accounts are looked up:
/// requests take the same time and have the same answer whether there is one or not.
/// </summary>
internal sealed class MailDecisions(
    IMailFlowRepository flows,
    IUserRepository users,
    AddressAvailability availability,
    MailQuotas quotas,
    IAddressSeal addresses,
    IMailFactsSeal factsSeal,
    IAuditLog audit
)
{
    /// <summary>Prepares a mail or discards it. The caller saves.</summary>
    public async Task DecideAsync(OutgoingMail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var address = addresses.Open(mail.Id, mail.SealedAddress);
        var isSent = mail.FlowId is { } flowId
            ? await flows.FindAsync(flowId, cancellationToken) is { } flow
                && await TryPrepareAsync(mail, flow, address, now, cancellationToken)
            : await TryPrepareNoticeAsync(mail, address, now, cancellationToken);
        if (!isSent)
        {
            mail.Discard(now);
        }
    }

    private async Task<bool> TryPrepareNoticeAsync(
        OutgoingMail mail,
        EmailAddress address,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (!await quotas.TryCountNoticeAsync(mail, address, now, cancellationToken))
        {
            return false;
        }

        mail.Prepare(mail.Template, mail.UserId, generation: null, now);
        return true;
    }

    private async Task<bool> TryPrepareAsync(
        OutgoingMail mail,
        MailFlow flow,
        EmailAddress address,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // A flow that has not had a mail does not expire while mails wait to be prepared.
        if (flow.ConsumedAt is not null || (flow.Generation > 0 && flow.ExpiresAt <= now))
        {
            return false;
        }

        var facts = mail.SealedFacts is { } stored ? factsSeal.Open(mail.Id, stored) : null;
        var user = await FindUserAsync(flow, address, cancellationToken);
        if (await FindTemplateAsync(flow, address, user, cancellationToken) is not { } template)
        {
            return false;
        }

        if (flow.Purpose == FlowPurpose.PasswordReset)
        {
            flow.Bind(user!);
            if (mail.IsLimited)
            {
                var client = new ClientInfo(facts?.IpAddress, facts?.UserAgent);
                audit.Record(AuditTypes.PasswordResetRequested, client, now, user!.Id);
            }

            if (template == MailTemplate.Invitation)
            {
                flow.BecomeInvitation();
            }
        }

        if (!await quotas.TryCountAsync(mail, flow, address, user, facts, now, cancellationToken))
        {
            return false;
        }

        if (template == MailTemplate.AlreadyRegistered)
        {
            mail.Prepare(template, userId: null, generation: null, now);
            return true;
        }

        flow.Issue(now);
        mail.Prepare(template, flow.UserId, flow.Generation, now);
        return true;
    }

    private Task<User?> FindUserAsync(MailFlow flow, EmailAddress address, CancellationToken cancellationToken) =>
        flow.UserId is { } id ? users.FindAsync(id, cancellationToken)
        : flow.Purpose == FlowPurpose.PasswordReset ? users.FindByEmailAsync(address, cancellationToken)
        : Task.FromResult<User?>(null);

    /// <returns>Null if no mail is sent.</returns>
    private async Task<MailTemplate?> FindTemplateAsync(
        MailFlow flow,
        EmailAddress address,
        User? user,
        CancellationToken cancellationToken
    )
    {
        if (flow.Purpose == FlowPurpose.Registration)
        {
            return await availability.IsTakenAsync(address, cancellationToken)
                ? MailTemplate.AlreadyRegistered
                : MailTemplate.VerifyEmail;
        }

        if (user is null || (flow.UserId is not null && !flow.IsBoundTo(user) && !IsUndo(flow)))
        {
            return null;
        }

        return flow.Purpose switch
        {
            FlowPurpose.EmailChangeUndo => MailTemplate.EmailChanged,
            _ when !user.IsActive => null,
            FlowPurpose.EmailVerification when !user.EmailConfirmed => MailTemplate.VerifyEmail,
            FlowPurpose.PasswordReset => user.IsInvited ? MailTemplate.Invitation : MailTemplate.ResetPassword,
            FlowPurpose.Invitation when user.IsInvited => MailTemplate.Invitation,
            FlowPurpose.EmailChange when !await availability.IsTakenAsync(address, cancellationToken) =>
                MailTemplate.ChangeEmail,
            _ => null,
        };
    }

    // Valid whatever has changed since.
    private static bool IsUndo(MailFlow flow) => flow.Purpose == FlowPurpose.EmailChangeUndo;
}
