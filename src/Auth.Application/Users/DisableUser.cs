using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Disables an account and ends all its sessions.</summary>
public sealed record DisableUserCommand(Guid UserId, Guid ActorId, ClientInfo Client) : IRequest<Result<UserDetails>>;

internal sealed class DisableUserCommandHandler(
    IUserRepository users,
    ISessionRepository sessions,
    Administrators administrators,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<DisableUserCommand, Result<UserDetails>>
{
    public async Task<Result<UserDetails>> Handle(DisableUserCommand command, CancellationToken cancellationToken)
    {
        var found = await users.FindForActorAsync(command.UserId, command.ActorId, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var user = found.Value;
        if (!await administrators.CanDoWithoutAsync(user, cancellationToken))
        {
            return UserErrors.LastAdministrator;
        }

        var now = clock.GetUtcNow();
        await sessions.EndAllAsync(user.Id, RevocationReasons.UserDisabled, now, cancellationToken);
        if (user.Disable(now))
        {
            audit.Record(AuditTypes.UserDisabled, command.Client, now, user.Id, command.ActorId);
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return UserDetails.From(user);
    }
}
