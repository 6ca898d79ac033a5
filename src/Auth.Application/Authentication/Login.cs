using Auth.Application.Abstractions;
using Auth.Application.Factors;
using Auth.Application.Mail;
using Auth.Application.Passwords;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Signs a user in, and ends the session whose refresh token the client replaces.</summary>
public sealed record LoginCommand(
    string? Email,
    string? Password,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens,
    string? ReplacedRefreshToken = null
) : SecretRecord, IRequest<Result<SignIn>>, IRetriesConflicts;

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
    PasswordGuard guard,
    SecondFactorChallenges secondFactor,
    SessionStarter starter,
    Notices notices,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LoginCommand, Result<SignIn>>
{
    public async Task<Result<SignIn>> Handle(LoginCommand command, CancellationToken cancellationToken)
    {
        var email = EmailAddress.From(command.Email!);
        var user = await users.FindByEmailAsync(email, cancellationToken);

        // Always one hash: an unknown, disabled or locked account takes the time of a wrong password.
        var check = await guard.CheckSignInAsync(
            command.Password!,
            email,
            user,
            command.DeviceTokens,
            command.Client,
            cancellationToken
        );
        var newHash = await guard.RehashAsync(check, command.Password!, cancellationToken);

        return await unitOfWork.RetryAsync(
            clock,
            async () =>
                check.IsAccepted
                && await users.FindAsync(check.User!.Id, cancellationToken) is { } current
                && check.IsStillValidFor(current)
                    ? await SignInAsync(command, check, newHash, current, cancellationToken)
                    : await RefuseAsync(command, check)
        );
    }

    private async Task<Result<SignIn>> SignInAsync(
        LoginCommand command,
        PasswordCheck check,
        string? newHash,
        User user,
        CancellationToken cancellationToken
    )
    {
        if (newHash is not null)
        {
            user.RehashPassword(check.User!.PasswordHash, newHash);
        }

        var now = clock.GetUtcNow();
        if (user.HasSecondFactor)
        {
            await unitOfWork.SaveChangesAsync(cancellationToken); // the new hash, if there is one
            return await secondFactor.RequireAsync(user, check, now, cancellationToken);
        }

        await starter.EndReplacedAsync(command.ReplacedRefreshToken, user, command.Client, now, cancellationToken);
        var signIn = starter.Start(user, command.Client, AuditTypes.LoginSucceeded, check.DeviceId, now);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return signIn;
    }

    private async Task<Result<SignIn>> RefuseAsync(LoginCommand command, PasswordCheck check)
    {
        var detail = check switch
        {
            { Verdict: PasswordVerdict.AddressThrottled } => "failures at too many accounts from this address",
            { Verdict: PasswordVerdict.Throttled, DeviceId: not null } => "too many failures on this device",
            { Verdict: PasswordVerdict.Throttled } => "too many failures on unknown devices",
            { User: null } => "unknown e-mail address",
            { User.IsActive: false } => "account disabled",
            { IsAccepted: true } => "account changed meanwhile",
            _ => "wrong password",
        };
        var type = check.IsThrottled ? AuditTypes.LoginThrottled : AuditTypes.LoginFailed;
        var now = clock.GetUtcNow();
        audit.Record(type, command.Client, now, check.User?.Id, detail: detail);
        if (check.Spraying is { } spraying)
        {
            audit.Record(AuditTypes.LoginSprayingDetected, command.Client, now, detail: spraying);
        }

        if (check.JustLocked)
        {
            notices.Add(MailTemplate.AccountLocked, check.User!, command.Client, now);
        }

        // A rejection is recorded even if the client has disconnected meanwhile.
        await unitOfWork.SaveChangesAsync(CancellationToken.None);
        return check.RetryAfter is { } wait
            ? CommonErrors.RateLimited with
            {
                RetryAfter = wait,
            }
            : PasswordErrors.InvalidCredentials;
    }
}
