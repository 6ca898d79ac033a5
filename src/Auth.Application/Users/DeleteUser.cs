using Auth.Domain.Common;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Deletes an account with all of its data.</summary>
public sealed record DeleteUserCommand(Guid UserId, Guid ActorId, ClientInfo Client) : IRequest<Result>;

internal sealed class DeleteUserCommandHandler(ManagedUsers users, AccountDeletion deletion)
    : IRequestHandler<DeleteUserCommand, Result>
{
    public async Task<Result> Handle(DeleteUserCommand command, CancellationToken cancellationToken)
    {
        var found = await users.FindAsync(command.UserId, command.ActorId, cancellationToken);
        return found.IsFailure
            ? found.Error
            : await deletion.DeleteAsync(found.Value.User, command.ActorId, command.Client, cancellationToken);
    }
}
