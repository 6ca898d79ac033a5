using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Enables a disabled account. Its sessions remain ended: the user has to sign in.</summary>
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
        var found = await users.FindForActorAsync(command.UserId, command.ActorId, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var user = found.Value;
        if (user.Enable())
        {
            audit.Record(AuditTypes.UserEnabled, command.Client, clock.GetUtcNow(), user.Id, command.ActorId);
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return UserDetails.From(user);
    }
}
