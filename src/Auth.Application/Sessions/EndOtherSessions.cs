using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Sessions;

/// <summary>Ends all of the caller's sessions except the current one.</summary>
public sealed record EndOtherSessionsCommand(Guid UserId, Guid SessionId, ClientInfo Client) : IRequest<Result>;

internal sealed class EndOtherSessionsCommandHandler(
    ISessionRepository sessions,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<EndOtherSessionsCommand, Result>
{
    public async Task<Result> Handle(EndOtherSessionsCommand command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (id, reason) = (command.UserId, RevocationReasons.SessionRevoked);
        foreach (var ended in await sessions.EndAllAsync(id, reason, now, cancellationToken, command.SessionId))
        {
            audit.Record(AuditTypes.SessionRevoked, command.Client, now, id, id, ended.Id);
        }

        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
