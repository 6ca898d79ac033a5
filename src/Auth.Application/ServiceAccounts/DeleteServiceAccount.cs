using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.ServiceAccounts;

/// <summary>Deletes a service account with its secrets, and revokes its access tokens.</summary>
public sealed record DeleteServiceAccountCommand(Guid Id, Guid ActorId, ClientInfo Client) : IRequest<Result>;

internal sealed class DeleteServiceAccountCommandHandler(
    IUserRepository users,
    IServiceAccountRepository accounts,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<DeleteServiceAccountCommand, Result>
{
    public async Task<Result> Handle(DeleteServiceAccountCommand command, CancellationToken cancellationToken)
    {
        var found = await accounts.FindForActorAsync(users, command.Id, command.ActorId, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var now = clock.GetUtcNow();
        var account = found.Value;
        account.Delete(now);
        accounts.Lock(account);
        accounts.Remove(account);
        audit.Record(
            AuditTypes.ServiceAccountDeleted,
            command.Client,
            now,
            account.Id,
            command.ActorId,
            detail: $"{account.Name}: [{string.Join(", ", account.RoleNames)}]"
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
