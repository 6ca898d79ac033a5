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
public sealed record ChangePasswordCommand(
    Guid UserId,
    Guid SessionId,
    string? CurrentPassword,
    string? NewPassword,
    ClientInfo Client
) : IRequest<Result>
{
    /// <inheritdoc/>
    public override string ToString() => nameof(ChangePasswordCommand);
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
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ChangePasswordCommand, Result>
{
    public async Task<Result> Handle(ChangePasswordCommand command, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        // The current password goes first: only its owner learns what the rules think of the new one.
        if (!await confirmation.ConfirmAsync(user, command.CurrentPassword!, command.Client, cancellationToken))
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
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
