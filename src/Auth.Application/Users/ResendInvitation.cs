using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Sends an invitation again. The link of the earlier mail is then no longer valid.</summary>
public sealed record ResendInvitationCommand(Guid UserId, Guid ActorId, ClientInfo Client) : IRequest<Result>;

internal sealed class ResendInvitationCommandHandler(
    IUserRepository users,
    IMailOutbox outbox,
    FlowStarter starter,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ResendInvitationCommand, Result>
{
    public async Task<Result> Handle(ResendInvitationCommand command, CancellationToken cancellationToken)
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

        var user = found.Value;
        if (!user.IsInvited)
        {
            return MailFlowErrors.NotInvited;
        }

        var now = clock.GetUtcNow();
        var mail = new FlowMail(command.Client, IsLimited: false);
        await starter.SendAgainAsync(user, FlowPurpose.Invitation, mail, now, cancellationToken);
        audit.Record(AuditTypes.UserInvited, command.Client, now, user.Id, command.ActorId, detail: "again");
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
