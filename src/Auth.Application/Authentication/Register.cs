using Auth.Application.Abstractions;
using Auth.Application.Passwords;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Creates an account and signs its owner in.</summary>
public sealed record RegisterCommand(string? Email, string? Password, string? DisplayName, ClientInfo Client)
    : SecretRecord,
        IRequest<Result<SignIn>>,
        IRetriesConflicts;

internal sealed class RegisterCommandValidator : AbstractValidator<RegisterCommand>
{
    public RegisterCommandValidator(PasswordLength length)
    {
        RuleFor(command => command.Email).EmailAddress();
        RuleFor(command => command.Password).NewPassword(length);
        RuleFor(command => command.DisplayName).DisplayName();
    }
}

internal sealed class RegisterCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    NewPasswords passwords,
    SessionStarter starter,
    FailureReset failures,
    IUnitOfWork unitOfWork,
    RegistrationPolicy registration,
    TimeProvider clock
) : IRequestHandler<RegisterCommand, Result<SignIn>>
{
    public async Task<Result<SignIn>> Handle(RegisterCommand command, CancellationToken cancellationToken)
    {
        var (email, name) = (EmailAddress.From(command.Email!), command.DisplayName);
        var hash = await passwords.HashFirstAsync(command.Password!, email, name, cancellationToken);
        return hash.IsFailure
            ? hash.Error
            : await unitOfWork.RetryAsync(clock, () => RegisterAsync(email, name, hash.Value));

        async Task<Result<SignIn>> RegisterAsync(EmailAddress email, string? displayName, string passwordHash)
        {
            if (await users.FindByEmailAsync(email, cancellationToken) is not null)
            {
                return UserErrors.EmailAlreadyRegistered;
            }

            var role =
                await roles.FindByNameAsync(registration.DefaultRole, cancellationToken)
                ?? throw new InvalidOperationException(
                    $"The default role '{registration.DefaultRole}' does not exist."
                );
            var now = clock.GetUtcNow();
            var user = User.Register(email, passwordHash, displayName, role, now);
            users.Add(user);
            var signIn = starter.Start(user, command.Client, AuditTypes.UserRegistered, deviceId: null, now);
            await failures.ResetAsync(email); // guesses from before the account existed
            await unitOfWork.SaveChangesAsync(cancellationToken);
            return signIn;
        }
    }
}
