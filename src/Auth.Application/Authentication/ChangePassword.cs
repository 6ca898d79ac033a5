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

/// <summary>Replaces the caller's password and ends all their other sessions.</summary>
/// <param name="UserId">The caller.</param>
/// <param name="SessionId">The caller's session, which goes on after its next refresh.</param>
/// <param name="CurrentPassword">The password until now.</param>
/// <param name="NewPassword">The password from now on.</param>
/// <param name="Client">Where the request came from.</param>
/// <param name="DeviceTokens">What a device sends that has signed in before.</param>
public sealed record ChangePasswordCommand(
    Guid UserId,
    Guid SessionId,
    string? CurrentPassword,
    string? NewPassword,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens
) : IRequest<Result<ChangedPassword>>
{
    /// <inheritdoc/>
    public override string ToString() => nameof(ChangePasswordCommand);
}

/// <summary>What a client gets that has changed its user's password.</summary>
/// <param name="DeviceToken">By what the calling device is recognised from now on; null if it was not known before.</param>
public sealed record ChangedPassword(string? DeviceToken)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(ChangedPassword);
}

internal sealed class ChangePasswordCommandValidator : AbstractValidator<ChangePasswordCommand>
{
    public ChangePasswordCommandValidator(PasswordLength length)
    {
        RuleFor(command => command.CurrentPassword).Password();
        RuleFor(command => command.NewPassword).NewPassword(length);
    }
}

internal sealed class ChangePasswordCommandHandler(
    IUserRepository users,
    ISessionRepository sessions,
    IPasswordPolicy passwordPolicy,
    IPasswordHasher passwords,
    PasswordConfirmation confirmation,
    PasswordGuard guard,
    IKnownDevices devices,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ChangePasswordCommand, Result<ChangedPassword>>
{
    public async Task<Result<ChangedPassword>> Handle(
        ChangePasswordCommand command,
        CancellationToken cancellationToken
    )
    {
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        // The current password goes first: only its owner learns what the rules think of the new one.
        var check = await confirmation.ConfirmAsync(
            user,
            command.CurrentPassword!,
            command.DeviceTokens,
            command.Client,
            cancellationToken
        );
        if (!check.IsAccepted)
        {
            return AuthenticationErrors.InvalidCredentials;
        }

        if (passwordPolicy.Check(command.NewPassword!, user.Email, user.DisplayName) is { } refusal)
        {
            return Error.Validation("newPassword", refusal);
        }

        var passwordHash = await passwords.HashAsync(command.NewPassword!, cancellationToken);
        var now = clock.GetUtcNow();
        var alive = await sessions.ListAliveAsync(user.Id, now, cancellationToken);
        foreach (var other in alive.Where(session => session.Id != command.SessionId))
        {
            other.End(RevocationReasons.PasswordChanged, now);
        }

        user.ChangePassword(passwordHash, now);
        alive.SingleOrDefault(session => session.Id == command.SessionId)?.Outlive(user);

        audit.Add(
            AuditRecord.Create(
                AuditTypes.PasswordChanged,
                AuditOutcome.Success,
                command.Client,
                now,
                user.Id,
                user.Id,
                command.SessionId
            )
        );
        await guard.ForgetAsync(user); // it is another password that is guessed at from now on
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new ChangedPassword(check.DeviceId is { } deviceId ? devices.Issue(user, deviceId) : null);
    }
}
