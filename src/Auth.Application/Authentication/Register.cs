using Auth.Application.Abstractions;
using Auth.Application.Pipeline;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Makes an account and signs its owner in.</summary>
public sealed record RegisterCommand(string? Email, string? Password, string? DisplayName, ClientInfo Client)
    : IRequest<Result<SignIn>>
{
    /// <inheritdoc/>
    public override string ToString() => nameof(RegisterCommand);
}

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
    ISessionRepository sessions,
    IPasswordPolicy passwordPolicy,
    IPasswordHasher passwords,
    SignInTokens tokens,
    PasswordGuard guard,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    RegistrationPolicy registration,
    SessionPolicy sessionPolicy,
    TimeProvider clock
) : IRequestHandler<RegisterCommand, Result<SignIn>>
{
    public async Task<Result<SignIn>> Handle(RegisterCommand command, CancellationToken cancellationToken)
    {
        var email = EmailAddress.From(command.Email!);
        if (passwordPolicy.Check(command.Password!, email, command.DisplayName) is { } refusal)
        {
            return Error.Validation("password", refusal);
        }

        // A look before the expensive hash; the unique index has the last word.
        if (await users.FindByEmailAsync(email, cancellationToken) is not null)
        {
            return UserErrors.EmailAlreadyRegistered;
        }

        var role =
            await roles.FindByNameAsync(registration.DefaultRole, cancellationToken)
            ?? throw new InvalidOperationException($"The default role '{registration.DefaultRole}' does not exist.");
        var passwordHash = await passwords.HashAsync(command.Password!, cancellationToken);

        var now = clock.GetUtcNow();
        var user = User.Register(email, passwordHash, command.DisplayName, role, now);
        user.SignIn(now);
        users.Add(user);

        var session = Session.Start(user, command.Client, sessionPolicy, now);
        sessions.Add(session);
        audit.Add(
            AuditRecord.Create(
                AuditTypes.UserRegistered,
                AuditOutcome.Success,
                command.Client,
                now,
                user.Id,
                user.Id,
                session.Id
            )
        );
        var signIn = tokens.Issue(user, session, deviceId: null, now);

        await guard.ForgetAsync(email); // guesses from before there was an account
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return signIn;
    }
}
