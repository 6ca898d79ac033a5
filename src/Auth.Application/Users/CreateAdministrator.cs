using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Application.Passwords;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Creates an administrator on behalf of the operator, not of a request.</summary>
public sealed record CreateAdministratorCommand(string? Email, string? Password, string Reason)
    : SecretRecord,
        IRequest<Result>,
        IRetriesConflicts;

internal sealed class CreateAdministratorCommandValidator : AbstractValidator<CreateAdministratorCommand>
{
    public CreateAdministratorCommandValidator(PasswordLength length)
    {
        RuleFor(command => command.Email).EmailAddress();
        RuleFor(command => command.Password).NewPassword(length);
    }
}

internal sealed class CreateAdministratorCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    AddressAvailability addresses,
    NewPasswords passwords,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<CreateAdministratorCommand, Result>
{
    public async Task<Result> Handle(CreateAdministratorCommand command, CancellationToken cancellationToken)
    {
        var email = EmailAddress.From(command.Email!);
        var hash = await passwords.HashFirstAsync(command.Password!, email, displayName: null, cancellationToken);
        return hash.IsFailure ? hash.Error : await unitOfWork.RetryAsync(clock, () => CreateAsync(email, hash.Value));

        async Task<Result> CreateAsync(EmailAddress email, string passwordHash)
        {
            if (await addresses.IsTakenAsync(email, cancellationToken))
            {
                return UserErrors.EmailAlreadyRegistered;
            }

            var role = await roles.GetAdministratorRoleAsync(cancellationToken);
            var now = clock.GetUtcNow();
            var user = User.Register(email, passwordHash, displayName: null, role, now);
            users.Add(user);
            audit.Record(AuditTypes.UserRegistered, ClientInfo.None, now, user.Id, detail: command.Reason);
            await unitOfWork.SaveChangesAsync(cancellationToken);
            return Result.Success;
        }
    }
}
