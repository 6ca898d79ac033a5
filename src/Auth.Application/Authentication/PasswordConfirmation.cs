using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Authentication;

/// <summary>Lets a signed-in user prove once more that they know their password.</summary>
internal sealed class PasswordConfirmation(
    IPasswordHasher passwords,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Compares the password; a wrong one counts and is recorded like a failed login.</summary>
    public async Task<bool> ConfirmAsync(
        User user,
        string password,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        if (
            await passwords.VerifyAsync(password, user.PasswordHash, cancellationToken)
            is not PasswordVerification.Wrong
        )
        {
            return true;
        }

        audit.Add(
            AuditRecord.Create(
                AuditTypes.LoginFailed,
                AuditOutcome.Failure,
                client,
                clock.GetUtcNow(),
                user.Id,
                user.Id,
                detail: "wrong current password"
            )
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return false;
    }
}
