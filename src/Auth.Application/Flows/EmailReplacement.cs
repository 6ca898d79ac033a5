using Auth.Application.Factors;
using Auth.Application.Mail;
using Auth.Application.Passwords;
using Auth.Domain.Audit;
using Auth.Domain.Mail;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Flows;

/// <summary>Replaces addresses, and restores them.</summary>
internal sealed class EmailReplacement(
    IMailFlowRepository flows,
    IUserRepository users,
    ISessionRepository sessions,
    AddressAvailability availability,
    IAddressSeal addresses,
    FactorChanges factors,
    FailureReset failures,
    FlowStarter starter,
    Notices notices,
    IAuditLog audit,
    TimeProvider clock
)
{
    /// <summary>
    /// Replaces the address of a user with that of a flow, and gives the owner of the old one a link to undo it. The caller
    /// saves.
    /// </summary>
    /// <returns>Whether the address is free.</returns>
    public async Task<bool> TryReplaceAsync(
        User user,
        MailFlow flow,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        var email = addresses.Open(flow.Id, flow.SealedAddress);
        if (await availability.IsTakenAsync(email, cancellationToken))
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var (oldEmail, wasConfirmed) = (user.Email, user.EmailConfirmed);
        user.ChangeEmail(email, now);
        flow.Consume(now);
        starter
            .Start(FlowPurpose.EmailChangeUndo, oldEmail, user, new FlowMail(client, IsLimited: false), now)
            .RememberConfirmation(wasConfirmed);
        await failures.ResetAsync(email); // guesses from before it was the user's
        notices.Add(MailTemplate.NewEmail, user, client, now);
        audit.Record(AuditTypes.EmailChanged, client, now, user.Id, user.Id);
        return true;
    }

    /// <summary>
    /// Restores the address that an undo link was sent to, ends all sessions, removes the factors that were added since, which
    /// would lock the owner out, and has a mail to replace the password sent there. The caller saves.
    /// </summary>
    /// <returns>Whether the address is free.</returns>
    public async Task<bool> TryRestoreAsync(
        User user,
        MailFlow flow,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        var email = addresses.Open(flow.Id, flow.SealedAddress);
        if (await users.FindByEmailAsync(email, cancellationToken) is { } owner && owner.Id != user.Id)
        {
            return false;
        }

        // Those made after this link may be of somebody who took the account over.
        var now = clock.GetUtcNow();
        foreach (var later in await flows.ListUndosAfterAsync(user.Id, flow.UserEpoch!.Value, cancellationToken))
        {
            later.Consume(now);
        }

        flow.Consume(now);
        await sessions.EndAllAsync(user.Id, RevocationReasons.EmailChangeUndone, now, cancellationToken);
        await factors.RemoveAllAsync(user, user.Id, client, since: flow.CreatedAt, now, cancellationToken);
        user.RestoreEmail(email, flow.WasConfirmed, now);
        starter.Start(FlowPurpose.PasswordReset, email, user, new FlowMail(client, IsLimited: false), now);
        audit.Record(AuditTypes.EmailChangeUndone, client, now, user.Id);
        return true;
    }
}
