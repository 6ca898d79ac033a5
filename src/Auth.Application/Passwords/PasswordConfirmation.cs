using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Passwords;

/// <summary>Confirms an operation of a signed-in user with their password.</summary>
internal sealed class PasswordConfirmation(
    IUserRepository users,
    PasswordGuard guard,
    IKnownDevices devices,
    Notices notices,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Compares the password; a wrong one is counted like that of a failed sign-in, and recorded.</summary>
    public async Task<Result<PasswordCheck>> ConfirmAsync(
        Guid userId,
        string password,
        IReadOnlyList<string> deviceTokens,
        ClientInfo client,
        string failureType,
        CancellationToken cancellationToken
    ) =>
        await users.FindAsync(userId, cancellationToken) is { } user
            ? await ConfirmAsync(user, password, deviceTokens, client, failureType, cancellationToken)
            : CommonErrors.NotFound;

    /// <summary>Compares the password of users who have one. For the others, the step-up is enough.</summary>
    public async Task<Result<PasswordCheck>> ConfirmIfSetAsync(
        Guid userId,
        string? password,
        IReadOnlyList<string> deviceTokens,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        if (await users.FindAsync(userId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        if (!user.HasPassword)
        {
            return new PasswordCheck(PasswordVerdict.Accepted, user, DeviceId: null);
        }

        return string.IsNullOrEmpty(password)
            ? Error.Validation("password", "A password is required.")
            : await ConfirmAsync(user, password, deviceTokens, client, AuditTypes.LoginFailed, cancellationToken);
    }

    /// <summary>Compares the password of a registration that is not complete; a wrong one is counted and recorded alike.</summary>
    public async Task<Result<PasswordCheck>> ConfirmPendingAsync(
        EmailAddress email,
        string passwordHash,
        string password,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        var check = await guard.CheckPendingAsync(password, email, passwordHash, cancellationToken);
        return check.IsAccepted ? check : await RefuseAsync(check, client, AuditTypes.LoginFailed);
    }

    /// <summary>Issues a new device token after a password change.</summary>
    /// <returns>Null if the device was not known before.</returns>
    public string? ReissueDeviceToken(PasswordCheck check, User user) =>
        check.DeviceId is { } deviceId ? devices.Issue(user, deviceId) : null;

    private async Task<Result<PasswordCheck>> ConfirmAsync(
        User user,
        string password,
        IReadOnlyList<string> deviceTokens,
        ClientInfo client,
        string failureType,
        CancellationToken cancellationToken
    )
    {
        var check = await guard.CheckAsync(password, user.Email, user, deviceTokens, cancellationToken);
        return check.IsAccepted ? check : await RefuseAsync(check, client, failureType);
    }

    private Task<Result<PasswordCheck>> RefuseAsync(PasswordCheck check, ClientInfo client, string failureType) =>
        unitOfWork.RetryAsync<Result<PasswordCheck>>(
            clock,
            async () =>
            {
                var type = check.IsThrottled ? AuditTypes.LoginThrottled : failureType;
                var detail = check.IsThrottled ? "too many failures, at a current password" : "wrong current password";
                var (userId, now) = (check.User?.Id, clock.GetUtcNow());
                audit.Record(type, client, now, userId, userId, detail: detail);
                if (check.JustLocked)
                {
                    notices.Add(MailTemplate.AccountLocked, check.User!, client, now);
                }

                await unitOfWork.SaveChangesAsync(CancellationToken.None);
                return PasswordErrors.InvalidCredentials;
            }
        );
}
