using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Ends all sessions of the caller.</summary>
public sealed record LogoutAllCommand(Guid UserId, Guid SessionId, ClientInfo Client) : IRequest<Result>;

internal sealed class LogoutAllCommandHandler(
    ISessionRepository sessions,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LogoutAllCommand, Result>
{
    public async Task<Result> Handle(LogoutAllCommand command, CancellationToken cancellationToken)
    {
        var (id, now) = (command.UserId, clock.GetUtcNow());
        await sessions.EndAllAsync(id, RevocationReasons.LogoutAll, now, cancellationToken);
        audit.Record(AuditTypes.Logout, command.Client, now, id, id, command.SessionId, "all sessions");
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
