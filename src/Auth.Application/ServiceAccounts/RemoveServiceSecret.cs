using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.ServiceAccounts;

/// <summary>Removes a secret of a service account, and revokes the access tokens that were issued for it.</summary>
public sealed record RemoveServiceSecretCommand(Guid AccountId, Guid SecretId, Guid ActorId, ClientInfo Client)
    : IRequest<Result>;

internal sealed class RemoveServiceSecretCommandHandler(
    IUserRepository users,
    IServiceAccountRepository accounts,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RemoveServiceSecretCommand, Result>
{
    public async Task<Result> Handle(RemoveServiceSecretCommand command, CancellationToken cancellationToken)
    {
        var found = await accounts.FindForActorAsync(users, command.AccountId, command.ActorId, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var account = found.Value;
        if (account.Secrets.FirstOrDefault(candidate => candidate.Id == command.SecretId) is not { } secret)
        {
            return CommonErrors.NotFound;
        }

        var now = clock.GetUtcNow();
        account.RecordRemovedSecret();
        accounts.RemoveSecret(secret, now);
        audit.Record(
            AuditTypes.ServiceAccountSecretRemoved,
            command.Client,
            now,
            account.Id,
            command.ActorId,
            detail: $"{account.Name}: {secret.Id}"
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
