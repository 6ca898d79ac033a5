using Auth.Application.Abstractions;
using Auth.Application.Pipeline;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Signs a user in with e-mail address and password.</summary>
public sealed record LoginCommand(string? Email, string? Password, ClientInfo Client) : IRequest<Result<SignIn>>
{
    /// <inheritdoc/>
    public override string ToString() => nameof(LoginCommand);
}

internal sealed class LoginCommandValidator : AbstractValidator<LoginCommand>
{
    public LoginCommandValidator()
    {
        RuleFor(command => command.Email).EmailAddress();
        RuleFor(command => command.Password).Password();
    }
}

internal sealed class LoginCommandHandler(
    IUserRepository users,
    ISessionRepository sessions,
    IPasswordHasher passwords,
    SignInTokens tokens,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    SessionPolicy sessionPolicy,
    TimeProvider clock
) : IRequestHandler<LoginCommand, Result<SignIn>>
{
    public async Task<Result<SignIn>> Handle(LoginCommand command, CancellationToken cancellationToken)
    {
        var email = EmailAddress.From(command.Email!);
        var user = await users.FindByEmailAsync(email, cancellationToken);

        // Always one hash: an unknown or disabled account takes the time of a wrong password.
        var verification = await passwords.VerifyAsync(command.Password!, user?.PasswordHash, cancellationToken);

        var now = clock.GetUtcNow();
        if (user is not { IsActive: true } || verification == PasswordVerification.Wrong)
        {
            audit.Add(
                AuditRecord.Create(
                    AuditTypes.LoginFailed,
                    AuditOutcome.Failure,
                    command.Client,
                    now,
                    user?.Id,
                    detail: user switch
                    {
                        null => "unknown e-mail address",
                        { IsActive: false } => "account disabled",
                        _ => "wrong password",
                    }
                )
            );
            await unitOfWork.SaveChangesAsync(cancellationToken); // a refusal is a fact
            return AuthenticationErrors.InvalidCredentials;
        }

        if (verification == PasswordVerification.CorrectButOutdated)
        {
            user.RehashPassword(await passwords.HashAsync(command.Password!, cancellationToken));
        }

        user.SignIn(now);
        var session = Session.Start(user, command.Client, sessionPolicy, now);
        sessions.Add(session);
        audit.Add(
            AuditRecord.Create(
                AuditTypes.LoginSucceeded,
                AuditOutcome.Success,
                command.Client,
                now,
                user.Id,
                user.Id,
                session.Id
            )
        );
        var signIn = tokens.Issue(user, session, now);

        await unitOfWork.SaveChangesAsync(cancellationToken);
        return signIn;
    }
}
