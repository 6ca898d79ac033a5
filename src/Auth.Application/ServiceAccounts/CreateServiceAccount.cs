using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.ServiceAccounts;

/// <summary>Creates a service account without a secret.</summary>
public sealed record CreateServiceAccountCommand(ServiceAccountInput Input, Guid ActorId, ClientInfo Client)
    : IRequest<Result<ServiceAccountDetails>>,
        IServiceAccountMessage;

internal sealed class CreateServiceAccountCommandValidator : AbstractValidator<CreateServiceAccountCommand>
{
    public CreateServiceAccountCommandValidator() => this.AddServiceAccountRules();
}

internal sealed class CreateServiceAccountCommandHandler(
    IUserRepository users,
    IServiceAccountRepository accounts,
    ServiceAccountChanges changes,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<CreateServiceAccountCommand, Result<ServiceAccountDetails>>
{
    public async Task<Result<ServiceAccountDetails>> Handle(
        CreateServiceAccountCommand command,
        CancellationToken cancellationToken
    )
    {
        if (await users.FindActorAsync(command.ActorId, cancellationToken) is not { } actor)
        {
            return CommonErrors.Forbidden;
        }

        var roles = await changes.ResolveAsync(command.Input, actor, current: null, cancellationToken);
        if (roles.IsFailure)
        {
            return roles.Error;
        }

        var now = clock.GetUtcNow();
        var account = ServiceAccount.Create(ServiceAccountChanges.DataOf(command.Input), roles.Value, now);
        accounts.Add(account);
        audit.Record(
            AuditTypes.ServiceAccountCreated,
            command.Client,
            now,
            account.Id,
            actor.Id,
            detail: $"{account.Name}: [{string.Join(", ", account.RoleNames)}]"
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return ServiceAccountDetails.From(account);
    }
}
