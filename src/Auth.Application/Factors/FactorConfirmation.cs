using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Application.Passwords;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Factors;

/// <summary>Compares second factors, and counts and records wrong ones like wrong passwords.</summary>
internal sealed class FactorConfirmation(
    FactorVerification verification,
    FactorGuard guard,
    Notices notices,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Compares a second factor.</summary>
    /// <param name="user">The user.</param>
    /// <param name="proof">The second factor.</param>
    /// <param name="purpose">What a passkey has been asked to sign for.</param>
    /// <param name="isReserved">Whether the attempt has been counted already.</param>
    /// <param name="failureType">How a failure is recorded.</param>
    /// <param name="client">The client.</param>
    /// <param name="deviceTokens">The device tokens that it sent.</param>
    /// <param name="cancellationToken">Stops the query before the comparison.</param>
    public async Task<Result<MatchedFactor>> ConfirmAsync(
        User user,
        FactorProof proof,
        ChallengePurpose purpose,
        bool isReserved,
        string failureType,
        ClientInfo client,
        IReadOnlyList<string> deviceTokens,
        CancellationToken cancellationToken
    )
    {
        MatchedFactor? match = null;
        var check = await guard.CheckAsync(
            user,
            deviceTokens,
            isReserved,
            async () =>
            {
                match = await verification.MatchAsync(user, proof, purpose, clock.GetUtcNow(), cancellationToken);
                return match is not null;
            },
            cancellationToken
        );
        return check.Verdict == PasswordVerdict.Accepted
            ? match!
            : await unitOfWork.RetryAsync<Result<MatchedFactor>>(
                clock,
                async () =>
                {
                    var now = clock.GetUtcNow();
                    var detail =
                        check.Verdict == PasswordVerdict.Throttled ? "too many failures" : "wrong second factor";
                    audit.Record(failureType, client, now, user.Id, detail: detail);
                    if (check.Verdict == PasswordVerdict.Wrong && failureType == AuditTypes.SecondFactorFailed)
                    {
                        notices.Add(MailTemplate.SecondFactorFailed, user, client, now); // somebody knows the password
                    }

                    if (check.JustLocked)
                    {
                        notices.Add(MailTemplate.AccountLocked, user, client, now);
                    }

                    await unitOfWork.SaveChangesAsync(CancellationToken.None);
                    return FactorErrors.InvalidCode;
                }
            );
    }
}
