using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Switches an account off and ends all its sessions.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ActorId">Who does it.</param>
/// <param name="Client">Where the request came from.</param>
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
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var actor = await users.FindAsync(command.ActorId, cancellationToken);
        if (actor is null || !actor.MayChange(user))
        {
            return CommonErrors.Forbidden;
        }

        if (!await administrators.CanDoWithoutAsync(user, cancellationToken))
        {
            return UserErrors.LastAdministrator;
        }

        var now = clock.GetUtcNow();
        var alive = await sessions.ListAliveAsync(user.Id, now, cancellationToken);
        foreach (var session in alive)
        {
            session.End(RevocationReasons.UserDisabled, now);
        }

        if (user.Disable(now))
        {
            audit.Add(
                AuditRecord.Create(
                    AuditTypes.UserDisabled,
                    AuditOutcome.Success,
                    command.Client,
                    now,
                    user.Id,
                    actor.Id
                )
            );
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return UserDetails.Of(user);
    }
}
