using Auth.Application.Abstractions;
using Auth.Application.Passwords;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>
/// Deletes the caller's account. This requires the password of users who have one, so a stolen session is not enough.
/// </summary>
public sealed record DeleteMeCommand(
    Guid UserId,
    string? Password,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens
) : SecretRecord, IRequest<Result>, IRetriesConflicts;

internal sealed class DeleteMeCommandHandler(
    IUserRepository users,
    PasswordConfirmation confirmation,
    AccountDeletion deletion,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<DeleteMeCommand, Result>
{
    public async Task<Result> Handle(DeleteMeCommand command, CancellationToken cancellationToken)
    {
        var (id, client) = (command.UserId, command.Client);
        var check = await confirmation.ConfirmIfSetAsync(
            id,
            command.Password,
            command.DeviceTokens,
            client,
            cancellationToken
        );
        if (check.IsFailure)
        {
            return check.Error;
        }

        return await unitOfWork.RetryAsync<Result>(
            clock,
            async () =>
                await users.FindAsync(id, cancellationToken) is not { } user ? CommonErrors.NotFound
                : !check.Value.IsStillValidFor(user) ? PasswordErrors.InvalidCredentials
                : await deletion.DeleteAsync(user, id, client, cancellationToken)
        );
    }
}
