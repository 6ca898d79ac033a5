using Auth.Application.Factors;
using Auth.Application.Passwords;
using Auth.Domain.Audit;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Flows;

/// <summary>Replaces passwords of users who read the mailbox.</summary>
internal sealed class PasswordReset(ISessionRepository sessions, FactorChanges factors, PasswordReplacement replacement)
{
    /// <summary>
    /// Replaces the password for somebody who reads the mailbox. If the address had never been confirmed, what was set before
    /// this proof no longer counts, and the factors are removed. The caller saves.
    /// </summary>
    public async Task ReplaceAsync(
        User user,
        string passwordHash,
        ClientInfo client,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (!user.EmailConfirmed)
        {
            await factors.RemoveAllAsync(user, user.Id, client, since: default, now, cancellationToken);
        }

        await sessions.EndAllAsync(user.Id, RevocationReasons.PasswordChanged, now, cancellationToken);
        user.ResetPassword(passwordHash, now);
        await replacement.FollowAsync(user, AuditTypes.PasswordReset, client, now);
    }
}
