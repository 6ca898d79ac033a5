using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Application.Passwords;
using Auth.Application.Users;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Mail;
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
    NewUsers users,
    NewPasswords passwords,
    SessionStarter starter,
    FlowStarter flows,
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
            var now = clock.GetUtcNow();
            var registered = await users.RegisterAsync(email, passwordHash, displayName, now, cancellationToken);
            if (registered.IsFailure)
            {
                return registered.Error;
            }

            var user = registered.Value;
            var signIn = starter.Start(user, command.Client, AuditTypes.UserRegistered, deviceId: null, now);
            if (registration.EmailConfirmation == EmailConfirmation.Optional)
            {
                var mail = new FlowMail(command.Client, IsLimited: true);
                flows.Start(FlowPurpose.EmailVerification, email, user, mail, now);
            }

            await unitOfWork.SaveChangesAsync(cancellationToken);
            return signIn;
        }
    }
}
