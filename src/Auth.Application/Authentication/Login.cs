using Auth.Application.Abstractions;
using Auth.Application.Pipeline;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Signs a user in with e-mail address and password.</summary>
/// <param name="Email">The address of the account.</param>
/// <param name="Password">The password, exactly as sent.</param>
/// <param name="Client">Where the request came from.</param>
/// <param name="DeviceTokens">What a device sends that has signed in before.</param>
/// <param name="ReplacedRefreshToken">The refresh token that the client will no longer have; null if there is none.</param>
public sealed record LoginCommand(
    string? Email,
    string? Password,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens,
    string? ReplacedRefreshToken = null
) : IRequest<Result<SignIn>>
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
    SessionLookup lookup,
    PasswordGuard guard,
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

        // Always one hash: an unknown, disabled or locked account takes the time of a wrong password.
        var check = await guard.CheckSignInAsync(
            command.Password!,
            email,
            user,
            command.DeviceTokens,
            command.Client,
            cancellationToken
        );

        var now = clock.GetUtcNow();
        if (user is null || !check.IsAccepted)
        {
            audit.Add(Refusal(check, user, command.Client, now));
            if (check.Spraying is { } spraying)
            {
                audit.Add(
                    AuditRecord.Create(
                        AuditTypes.LoginSprayingDetected,
                        AuditOutcome.Failure,
                        command.Client,
                        now,
                        detail: spraying
                    )
                );
            }

            // A refusal is a fact, also for who has hung up meanwhile.
            await unitOfWork.SaveChangesAsync(CancellationToken.None);
            return check.RetryAfter is { } wait
                ? CommonErrors.RateLimited with
                {
                    RetryAfter = wait,
                }
                : AuthenticationErrors.InvalidCredentials;
        }

        if (check.Verdict == PasswordVerdict.AcceptedButOutdated)
        {
            user.RehashPassword(await passwords.HashAsync(command.Password!, cancellationToken));
        }

        await EndReplacedAsync(command, user, now, cancellationToken);
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
        var signIn = tokens.Issue(user, session, check.DeviceId, now);

        await unitOfWork.SaveChangesAsync(cancellationToken);
        return signIn;
    }

    // A browser that signs in again keeps the new token only: nobody could end the old session from it any more
    // (ASVS V7.2.4). That of another user goes on, because it is not theirs to end.
    private async Task EndReplacedAsync(
        LoginCommand command,
        User user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            command.ReplacedRefreshToken is { } token
            && await lookup.FindAsync(token, cancellationToken) is { } replaced
            && replaced.UserId == user.Id
            && replaced.End(RevocationReasons.SignedInAgain, now)
        )
        {
            audit.Add(
                AuditRecord.Create(
                    AuditTypes.SessionRevoked,
                    AuditOutcome.Success,
                    command.Client,
                    now,
                    user.Id,
                    user.Id,
                    replaced.Id
                )
            );
        }
    }

    private static AuditRecord Refusal(PasswordCheck check, User? user, ClientInfo client, DateTimeOffset now) =>
        AuditRecord.Create(
            check.Verdict is PasswordVerdict.Throttled or PasswordVerdict.AddressThrottled
                ? AuditTypes.LoginThrottled
                : AuditTypes.LoginFailed,
            AuditOutcome.Failure,
            client,
            now,
            user?.Id,
            detail: (check, user) switch
            {
                ({ Verdict: PasswordVerdict.Throttled, DeviceId: not null }, _) => "too many failures on this device",
                ({ Verdict: PasswordVerdict.Throttled }, _) => "too many failures on unknown devices",
                ({ Verdict: PasswordVerdict.AddressThrottled }, _) => "failures at too many accounts from this address",
                (_, null) => "unknown e-mail address",
                (_, { IsActive: false }) => "account disabled",
                _ => "wrong password",
            }
        );
}
