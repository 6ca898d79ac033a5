using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Authentication;

/// <summary>Lets a signed-in user prove once more that they know their password.</summary>
internal sealed class PasswordConfirmation(
    PasswordGuard guard,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Compares the password; a wrong one counts and is recorded like a failed login.</summary>
    public async Task<PasswordCheck> ConfirmAsync(
        User user,
        string password,
        IReadOnlyList<string> deviceTokens,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        var check = await guard.CheckAsync(password, user.Email, user, deviceTokens, cancellationToken);
        if (!check.IsAccepted)
        {
            var isThrottled = check.Verdict == PasswordVerdict.Throttled;
            audit.Add(
                AuditRecord.Create(
                    isThrottled ? AuditTypes.LoginThrottled : AuditTypes.LoginFailed,
                    AuditOutcome.Failure,
                    client,
                    clock.GetUtcNow(),
                    user.Id,
                    user.Id,
                    detail: isThrottled ? "too many failures, at a current password" : "wrong current password"
                )
            );
            await unitOfWork.SaveChangesAsync(CancellationToken.None);
        }

        return check;
    }
}
