using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Mail;
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
    MailDecisions decisions,
    MailContents contents,
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

        var now = clock.GetUtcNow();
        if (mail.PreparedAt is null)
        {
            await decisions.DecideAsync(mail, now, cancellationToken);
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        if (mail.NextAttemptAt is null)
        {
            return PreparedMail.Nothing;
        }

        if (await contents.FindAsync(mail, cancellationToken) is { } content)
        {
            return new PreparedMail(content);
        }

        mail.Discard(now);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return PreparedMail.Nothing;
    }
}
