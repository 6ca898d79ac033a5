using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Mail;

/// <summary>Starts flows and asks for their mails. Whether a mail is sent is decided later, outside of the request.</summary>
internal sealed class FlowStarter(
    IMailFlowRepository flows,
    IMailOutbox outbox,
    IFlowSecrets secrets,
    IAddressSeal addresses
)
{
    /// <summary>Starts a flow, and asks for its mail.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="address">The address to prove.</param>
    /// <param name="user">The user it belongs to, if that is known.</param>
    /// <param name="mail">How its mail is sent.</param>
    /// <param name="now">The current time.</param>
    public MailFlow Start(FlowPurpose purpose, EmailAddress address, User? user, FlowMail mail, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var flow = MailFlow.Start(id, purpose, addresses.Hash(address), addresses.Seal(id, address), now);
        if (user is not null)
        {
            flow.Bind(user);
        }

        flows.Add(flow);
        Send(flow, address, mail, now);
        return flow;
    }

    /// <summary>Asks for another mail of a flow.</summary>
    public void SendAgain(MailFlow flow, FlowMail mail, DateTimeOffset now) =>
        Send(flow, addresses.Open(flow.Id, flow.SealedAddress), mail, now);

    /// <summary>
    /// Asks for another mail of the last flow of a user and purpose that is open, so that the earlier link and code become
    /// invalid; starts one if there is none.
    /// </summary>
    public async Task<MailFlow> SendAgainAsync(
        User user,
        FlowPurpose purpose,
        FlowMail mail,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            await flows.FindOpenAsync(user.Id, purpose, now, cancellationToken) is not { } flow
            || !flow.IsBoundTo(user)
        )
        {
            return Start(purpose, user.Email, user, mail, now);
        }

        Send(flow, user.Email, mail, now);
        return flow;
    }

    /// <summary>Describes a flow for the client that started it, after a mail was asked for.</summary>
    public StartedFlow Describe(MailFlow flow, DateTimeOffset now) =>
        new(secrets.CreateFlowToken(flow), now + FlowLifetimes.Code);

    private void Send(MailFlow flow, EmailAddress address, FlowMail mail, DateTimeOffset now) =>
        outbox.Add(
            new MailRequest(
                TemplateOf(flow.Purpose),
                address,
                mail.Client.Culture,
                flow.UserId,
                flow.Id,
                mail.IsLimited,
                MailFacts.Of(mail.Client, now, mail.DeviceTokens)
            )
        );

    private static MailTemplate TemplateOf(FlowPurpose purpose) =>
        purpose switch
        {
            FlowPurpose.Registration or FlowPurpose.EmailVerification => MailTemplate.VerifyEmail,
            FlowPurpose.PasswordReset => MailTemplate.ResetPassword,
            FlowPurpose.EmailChange => MailTemplate.ChangeEmail,
            FlowPurpose.EmailChangeUndo => MailTemplate.EmailChanged,
            FlowPurpose.Invitation => MailTemplate.Invitation,
            _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, message: null),
        };
}

/// <summary>How the mail of a flow is sent.</summary>
/// <param name="Client">Where the request came from.</param>
/// <param name="IsLimited">Whether anybody could have asked for it, so that it is counted against the limits.</param>
internal sealed record FlowMail(ClientInfo Client, bool IsLimited)
{
    /// <summary>The device tokens of the request: a known device has a limit of its own.</summary>
    public IReadOnlyList<string> DeviceTokens { get; init; } = [];
}
