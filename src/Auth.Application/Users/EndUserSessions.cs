using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Ends all sessions of a user.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ActorId">Who does it.</param>
/// <param name="Client">Where the request came from.</param>
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
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var actor = await users.FindAsync(command.ActorId, cancellationToken);
        if (actor is null || !actor.MayChange(user))
        {
            return CommonErrors.Forbidden;
        }

        var now = clock.GetUtcNow();
        foreach (var session in await sessions.ListAliveAsync(user.Id, now, cancellationToken))
        {
            session.End(RevocationReasons.AdminRevoked, now);
            audit.Add(
                AuditRecord.Create(
                    AuditTypes.SessionRevoked,
                    AuditOutcome.Success,
                    command.Client,
                    now,
                    user.Id,
                    actor.Id,
                    session.Id
                )
            );
        }

        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
