using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>
/// Sends a user a mail to replace their password; an invitation, if they have not set one yet. A disabled account gets none.
/// </summary>
public sealed record SendPasswordResetCommand(Guid UserId, Guid ActorId, ClientInfo Client) : IRequest<Result>;

internal sealed class SendPasswordResetCommandHandler(
    IUserRepository users,
    IMailOutbox outbox,
    FlowStarter starter,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<SendPasswordResetCommand, Result>
{
    public async Task<Result> Handle(SendPasswordResetCommand command, CancellationToken cancellationToken)
    {
        if (!outbox.IsEnabled)
        {
            return MailErrors.SwitchedOff;
        }

        var found = await users.FindForActorAsync(command.UserId, command.ActorId, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var (user, now) = (found.Value, clock.GetUtcNow());
        var mail = new FlowMail(command.Client, IsLimited: false);
        starter.Start(FlowPurpose.PasswordReset, user.Email, user, mail, now);
        audit.Record(AuditTypes.PasswordResetRequested, command.Client, now, user.Id, command.ActorId);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
