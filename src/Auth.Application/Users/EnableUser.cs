using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Switches an account on again. Its sessions stay ended: the user signs in anew.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ActorId">Who does it.</param>
/// <param name="Client">Where the request came from.</param>
public sealed record EnableUserCommand(Guid UserId, Guid ActorId, ClientInfo Client) : IRequest<Result<UserDetails>>;

internal sealed class EnableUserCommandHandler(
    IUserRepository users,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<EnableUserCommand, Result<UserDetails>>
{
    public async Task<Result<UserDetails>> Handle(EnableUserCommand command, CancellationToken cancellationToken)
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

        if (user.Enable())
        {
            audit.Add(
                AuditRecord.Create(
                    AuditTypes.UserEnabled,
                    AuditOutcome.Success,
                    command.Client,
                    clock.GetUtcNow(),
                    user.Id,
                    actor.Id
                )
            );
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return UserDetails.Of(user);
    }
}
