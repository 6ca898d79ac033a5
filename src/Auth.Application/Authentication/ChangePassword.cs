using Auth.Application.Abstractions;
using Auth.Application.Passwords;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Replaces the caller's password and ends all their sessions except the current one.</summary>
public sealed record ChangePasswordCommand(
    Guid UserId,
    Guid SessionId,
    string? CurrentPassword,
    string? NewPassword,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens
) : SecretRecord, IRequest<Result<ChangedPassword>>, IRetriesConflicts;

/// <summary>The new token that recognizes the calling device; null if the device was not known before.</summary>
public sealed record ChangedPassword(string? DeviceToken) : SecretRecord;

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
    NewPasswords passwords,
    PasswordConfirmation confirmation,
    PasswordReplacement replacement,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ChangePasswordCommand, Result<ChangedPassword>>
{
    public async Task<Result<ChangedPassword>> Handle(
        ChangePasswordCommand command,
        CancellationToken cancellationToken
    )
    {
        // The current password is checked first: only the owner learns whether the new one satisfies the rules.
        var check = await confirmation.ConfirmAsync(
            command.UserId,
            command.CurrentPassword!,
            command.DeviceTokens,
            command.Client,
            AuditTypes.LoginFailed,
            cancellationToken
        );
        if (check.IsFailure)
        {
            return check.Error;
        }

        var hash = await passwords.HashNextAsync(command.NewPassword!, check.Value.User!, cancellationToken);
        return hash.IsFailure
            ? hash.Error
            : await unitOfWork.RetryAsync(
                clock,
                () => ChangeAsync(command, check.Value, hash.Value, cancellationToken)
            );
    }

    private async Task<Result<ChangedPassword>> ChangeAsync(
        ChangePasswordCommand command,
        PasswordCheck check,
        string passwordHash,
        CancellationToken cancellationToken
    )
    {
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        if (!check.IsStillValidFor(user))
        {
            return PasswordErrors.InvalidCredentials;
        }

        var now = clock.GetUtcNow();
        var active = await sessions.ListAliveAsync(user.Id, now, cancellationToken);
        foreach (var other in active.Where(session => session.Id != command.SessionId))
        {
            other.End(RevocationReasons.PasswordChanged, now);
        }

        user.ChangePassword(passwordHash, now);
        active.SingleOrDefault(session => session.Id == command.SessionId)?.KeepActive(user);
        await replacement.FollowAsync(user, AuditTypes.PasswordChanged, command.Client, now, command.SessionId);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new ChangedPassword(confirmation.ReissueDeviceToken(check, user));
    }
}
