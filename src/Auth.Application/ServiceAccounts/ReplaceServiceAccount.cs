using Auth.Application.Abstractions;
using Auth.Application.Users;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.ServiceAccounts;

/// <summary>Replaces the name, description, roles and status of a service account.</summary>
public sealed record ReplaceServiceAccountCommand(Guid Id, ServiceAccountInput Input, Guid ActorId, ClientInfo Client)
    : IRequest<Result<ServiceAccountDetails>>,
        IServiceAccountMessage;

internal sealed class ReplaceServiceAccountCommandValidator : AbstractValidator<ReplaceServiceAccountCommand>
{
    public ReplaceServiceAccountCommandValidator() => this.AddServiceAccountRules();
}

internal sealed class ReplaceServiceAccountCommandHandler(
    IUserRepository users,
    IServiceAccountRepository accounts,
    ServiceAccountChanges changes,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ReplaceServiceAccountCommand, Result<ServiceAccountDetails>>
{
    public async Task<Result<ServiceAccountDetails>> Handle(
        ReplaceServiceAccountCommand command,
        CancellationToken cancellationToken
    )
    {
        if (await accounts.FindAsync(command.Id, cancellationToken) is not { } account)
        {
            return CommonErrors.NotFound;
        }

        var actor = await users.FindActorAsync(command.ActorId, account.MayBeChangedBy, cancellationToken);
        if (actor is null)
        {
            return CommonErrors.Forbidden;
        }

        var roles = await changes.ResolveAsync(command.Input, actor, account, cancellationToken);
        if (roles.IsFailure)
        {
            return roles.Error;
        }

        var now = clock.GetUtcNow();
        var before = (account.Name, account.Description, Roles: string.Join(", ", account.RoleNames), account.Status);
        if (account.Replace(ServiceAccountChanges.DataOf(command.Input), roles.Value, now))
        {
            var detail = Describe(before.Name, before.Description, before.Roles, before.Status, account);
            audit.Record(
                AuditTypes.ServiceAccountChanged,
                command.Client,
                now,
                account.Id,
                actor.Id,
                detail: $"{account.Name}: {detail}"
            );
            accounts.Lock(account);
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return ServiceAccountDetails.From(account);
    }

    private static string Describe(
        string name,
        string? description,
        string roles,
        ServiceAccountStatus status,
        ServiceAccount account
    )
    {
        var changes = new List<string>();
        if (name != account.Name)
        {
            changes.Add($"renamed from {name}");
        }

        if (description != account.Description)
        {
            changes.Add("description");
        }

        var newRoles = string.Join(", ", account.RoleNames);
        if (roles != newRoles)
        {
            changes.Add($"roles from [{roles}] to [{newRoles}]");
        }

        if (status != account.Status)
        {
            changes.Add(account.IsActive ? "enabled" : "disabled");
        }

        return string.Join("; ", changes);
    }
}
