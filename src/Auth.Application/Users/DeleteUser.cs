using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Deletes an account with all that belongs to it.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ActorId">Who does it.</param>
/// <param name="Client">Where the request came from.</param>
public sealed record DeleteUserCommand(Guid UserId, Guid ActorId, ClientInfo Client) : IRequest<Result>;

internal sealed class DeleteUserCommandHandler(
    IUserRepository users,
    Administrators administrators,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<DeleteUserCommand, Result>
{
    public async Task<Result> Handle(DeleteUserCommand command, CancellationToken cancellationToken)
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
        user.Delete(now);
        users.Remove(user);
        audit.ErasePersonalDataOf(user.Id);
        audit.Add(
            AuditRecord.Create(
                AuditTypes.UserDeleted,
                AuditOutcome.Success,
                // Who deletes themselves leaves neither address nor user agent.
                actor == user
                    ? new ClientInfo(IpAddress: null, UserAgent: null)
                    : command.Client,
                now,
                user.Id,
                actor.Id
            )
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
