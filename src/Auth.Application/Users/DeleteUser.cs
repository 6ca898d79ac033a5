using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Deletes an account with all of its data.</summary>
public sealed record DeleteUserCommand(Guid UserId, Guid ActorId, ClientInfo Client) : IRequest<Result>;

internal sealed class DeleteUserCommandHandler(IUserRepository users, AccountDeletion deletion)
    : IRequestHandler<DeleteUserCommand, Result>
{
    public async Task<Result> Handle(DeleteUserCommand command, CancellationToken cancellationToken)
    {
        var found = await users.FindForActorAsync(command.UserId, command.ActorId, cancellationToken);
        return found.IsFailure
            ? found.Error
            : await deletion.DeleteAsync(found.Value, command.ActorId, command.Client, cancellationToken);
    }
}
