using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Mail;

/// <summary>
/// Decides before the first attempt whether a mail is sent, and returns what it says. Later attempts return the same.
/// </summary>
public sealed record PrepareMailCommand(Guid MailId) : IRequest<Result<PreparedMail>>;

/// <summary>The decision about a mail.</summary>
/// <param name="Content">What it says; null if it is not sent.</param>
public sealed record PreparedMail(MailContent? Content) : SecretRecord
{
    /// <summary>A mail that is not sent.</summary>
    public static readonly PreparedMail Nothing = new(Content: null);
}

internal sealed class PrepareMailCommandHandler(
    IOutgoingMailRepository mails,
    IUserRepository users,
    IAddressSeal addresses,
    IMailFactsSeal facts,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<PrepareMailCommand, Result<PreparedMail>>
{
    public async Task<Result<PreparedMail>> Handle(PrepareMailCommand command, CancellationToken cancellationToken)
    {
        if (await mails.FindAsync(command.MailId, cancellationToken) is not { NextAttemptAt: not null } mail)
        {
            return PreparedMail.Nothing;
        }

        if (mail.PreparedAt is null)
        {
            mail.Prepare(mail.Template, mail.UserId, generation: null, clock.GetUtcNow());
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        var user = mail.UserId is { } userId ? await users.FindAsync(userId, cancellationToken) : null;
        return new PreparedMail(
            new MailContent(
                mail.Template,
                mail.Culture,
                addresses.Open(mail.Id, mail.SealedAddress),
                mail.PreparedAt!.Value
            )
            {
                DisplayName = user is { EmailConfirmed: true } ? user.DisplayName : null,
                Facts = mail.SealedFacts is { } stored ? facts.Open(mail.Id, stored) : null,
            }
        );
    }
}
