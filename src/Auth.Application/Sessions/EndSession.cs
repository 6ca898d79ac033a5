using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Sessions;

/// <summary>Ends one of the caller's sessions. A session of another user is not found.</summary>
public sealed record EndSessionCommand(Guid UserId, Guid SessionId, ClientInfo Client) : IRequest<Result>;

internal sealed class EndSessionCommandHandler(
    ISessionRepository sessions,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<EndSessionCommand, Result>
{
    public async Task<Result> Handle(EndSessionCommand command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var session = await sessions.FindAsync(command.SessionId, cancellationToken);
        if (session is null || session.UserId != command.UserId)
        {
            return CommonErrors.NotFound;
        }

        if (session.End(RevocationReasons.SessionRevoked, now))
        {
            audit.Record(AuditTypes.SessionRevoked, command.Client, now, command.UserId, command.UserId, session.Id);
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return Result.Success;
    }
}
