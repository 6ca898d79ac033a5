using Auth.Application.Abstractions;
using Auth.Application.Factors;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Removes all factors of a user who has lost them.</summary>
public sealed record RemoveUserFactorsCommand(Guid UserId, Guid ActorId, ClientInfo Client) : IRequest<Result>;

internal sealed class RemoveUserFactorsCommandHandler(
    IUserRepository users,
    FactorChanges changes,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RemoveUserFactorsCommand, Result>
{
    public async Task<Result> Handle(RemoveUserFactorsCommand command, CancellationToken cancellationToken)
    {
        var found = await users.FindForActorAsync(command.UserId, command.ActorId, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var now = clock.GetUtcNow();
        await changes.RemoveAllAsync(
            found.Value,
            command.ActorId,
            command.Client,
            since: default,
            now,
            cancellationToken
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
