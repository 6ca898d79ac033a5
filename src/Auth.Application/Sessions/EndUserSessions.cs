using Auth.Application.Abstractions;
using Auth.Application.Users;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Sessions;

/// <summary>Ends all sessions of a user.</summary>
public sealed record EndUserSessionsCommand(Guid UserId, Guid ActorId, ClientInfo Client) : IRequest<Result>;

internal sealed class EndUserSessionsCommandHandler(
    IUserRepository users,
    ISessionRepository sessions,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<EndUserSessionsCommand, Result>
{
    public async Task<Result> Handle(EndUserSessionsCommand command, CancellationToken cancellationToken)
    {
        var (userId, actorId) = (command.UserId, command.ActorId);
        var found = await users.FindForActorAsync(userId, actorId, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var now = clock.GetUtcNow();
        foreach (
            var ended in await sessions.EndAllAsync(userId, RevocationReasons.AdminRevoked, now, cancellationToken)
        )
        {
            audit.Record(AuditTypes.SessionRevoked, command.Client, now, userId, actorId, ended.Id);
        }

        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
