using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Sessions;

/// <summary>Ends the sessions of all users; if the actor is not an administrator, those of administrators stay active.</summary>
public sealed record EndAllSessionsCommand(Guid ActorId, ClientInfo Client) : IRequest<Result>;

internal sealed class EndAllSessionsCommandHandler(
    IUserRepository users,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<EndAllSessionsCommand, Result>
{
    public async Task<Result> Handle(EndAllSessionsCommand command, CancellationToken cancellationToken)
    {
        if (await users.FindActorAsync(command.ActorId, cancellationToken) is not { } actor)
        {
            return CommonErrors.Forbidden;
        }

        var now = clock.GetUtcNow();
        users.EndAllSessions(actor.IsAdministrator, RevocationReasons.AdminRevoked, now);
        var detail = actor.IsAdministrator ? "all users" : "all users but the administrators";
        audit.Record(AuditTypes.SessionsAllRevoked, command.Client, now, actorId: actor.Id, detail: detail);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
