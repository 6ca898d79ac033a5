using Auth.Application.Abstractions;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.ServiceAccounts;

/// <summary>Adds a secret to a service account.</summary>
public sealed record AddServiceSecretCommand(Guid AccountId, string? ExpiresAt, Guid ActorId, ClientInfo Client)
    : IRequest<Result<AddedServiceSecret>>;

/// <summary>A new secret, which is shown once.</summary>
public sealed record AddedServiceSecret(ServiceSecretDetails Details, string Secret) : SecretRecord;

internal sealed class AddServiceSecretCommandValidator : AbstractValidator<AddServiceSecretCommand>
{
    public AddServiceSecretCommandValidator() =>
        RuleFor(command => command.ExpiresAt)
            .Must(text => text is null || Rfc3339.TryParse(text, out _))
            .WithMessage("Enter a time like 2030-01-31T12:00:00Z.");
}

internal sealed class AddServiceSecretCommandHandler(
    IUserRepository users,
    IServiceAccountRepository accounts,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<AddServiceSecretCommand, Result<AddedServiceSecret>>
{
    public async Task<Result<AddedServiceSecret>> Handle(
        AddServiceSecretCommand command,
        CancellationToken cancellationToken
    )
    {
        var found = await accounts.FindForActorAsync(users, command.AccountId, command.ActorId, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var now = clock.GetUtcNow();
        var account = found.Value;
        var expiresAt = Rfc3339.TryParse(command.ExpiresAt, out var end)
            ? end.ToUniversalTime()
            : (DateTimeOffset?)null;
        var added = account.AddSecret(expiresAt, now);
        if (added.IsFailure)
        {
            return added.Error;
        }

        var secret = added.Value.Secret;
        audit.Record(
            AuditTypes.ServiceAccountSecretAdded,
            command.Client,
            now,
            account.Id,
            command.ActorId,
            detail: $"{account.Name}: {secret.Id}"
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new AddedServiceSecret(ServiceSecretDetails.From(secret), added.Value.Text.Text);
    }
}
