using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Domain.Audit;
using Auth.Domain.Factors;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Factors;

/// <summary>Verifies second factors, and uses them up: each code, recovery code and signature authenticates once.</summary>
internal sealed class FactorVerification(
    IFactorRepository factors,
    ITotp totp,
    IRecoveryCodes recoveryCodes,
    IPasskeys passkeys,
    IChallenges challenges,
    Notices notices,
    IAuditLog audit
)
{
    /// <summary>Finds the factor of a user that a proof is of. Changes nothing.</summary>
    /// <param name="user">The user.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="purpose">What a passkey has been asked to sign for.</param>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <returns>Null if the proof is wrong or has been used already.</returns>
    public async Task<MatchedFactor?> MatchAsync(
        User user,
        FactorProof proof,
        ChallengePurpose purpose,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (proof.RecoveryCode is { } text)
        {
            foreach (var hash in recoveryCodes.HashesOf(user.Id, text))
            {
                if (await factors.FindRecoveryCodeAsync(hash, cancellationToken) is { } code && code.UserId == user.Id)
                {
                    return new(FactorId: null) { RecoveryCodeHash = hash };
                }
            }

            return null;
        }

        var enrolled = (await factors.ListAsync(user.Id, cancellationToken)).Where(factor => factor.IsConfirmed);
        return proof.Code is { } digits
            ? MatchCode(enrolled.Where(factor => factor.Kind == FactorKind.Totp), digits, now)
            : await MatchPasskeyAsync(user, enrolled, proof, purpose, now, cancellationToken);
    }

    /// <summary>Finds the owner of the passkey that has signed.</summary>
    public async Task<Guid?> FindOwnerAsync(FactorProof proof, CancellationToken cancellationToken) =>
        passkeys.ReadCredentialIdHash(proof.Credential!) is { } hash
            ? (await factors.FindPasskeyAsync(hash, cancellationToken))?.UserId
            : null;

    /// <summary>Uses a factor up, together with the changes that are stored next.</summary>
    /// <returns>False if another request has used it meanwhile, or it has been removed.</returns>
    public async Task<bool> TryUseAsync(
        MatchedFactor match,
        User user,
        ClientInfo client,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (match.RecoveryCodeHash is { } hash)
        {
            if (await factors.FindRecoveryCodeAsync(hash, cancellationToken) is not { } code)
            {
                return false;
            }

            factors.Remove(code);
            audit.Record(AuditTypes.RecoveryCodeUsed, client, now, user.Id, user.Id);
            notices.Add(MailTemplate.RecoveryCodeUsed, user, client, now);
            return true;
        }

        var enrolled = await factors.ListAsync(user.Id, cancellationToken);
        if (enrolled.SingleOrDefault(factor => factor.Id == match.FactorId) is not { } used)
        {
            return false;
        }

        if (match.Assertion is not { } assertion)
        {
            return used.TryUseStep(match.Step, now);
        }

        var challenge = match.SignedChallenge!;
        if (await factors.IsSpentAsync(challenge.Id, cancellationToken))
        {
            return false;
        }

        factors.Add(SpentChallenge.Create(challenge.Id, challenge.ExpiresAt));
        if (!used.UsePasskey(assertion.SignatureCounter, assertion.IsBackedUp, now))
        {
            audit.Record(AuditTypes.FactorCounterRegressed, client, now, user.Id, user.Id, detail: used.Id.ToString());
        }

        return true;
    }

    private MatchedFactor? MatchCode(IEnumerable<Factor> apps, string code, DateTimeOffset now)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        return apps.Select(app => (app.Id, Step: totp.FindStep(app, digits, now)))
            .Where(found => found.Step is not null)
            .Select(found => new MatchedFactor(found.Id) { Step = found.Step!.Value })
            .FirstOrDefault();
    }

    private async Task<MatchedFactor?> MatchPasskeyAsync(
        User user,
        IEnumerable<Factor> enrolled,
        FactorProof proof,
        ChallengePurpose purpose,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            proof.Credential is null
            || challenges.Open(proof.ChallengeToken, purpose, now) is not { } challenge
            || (challenge.UserId is { } userId && userId != user.Id)
            || await factors.IsSpentAsync(challenge.Id, cancellationToken)
            || passkeys.ReadCredentialIdHash(proof.Credential) is not { } hash
            || enrolled.FirstOrDefault(factor => factor.Passkey?.CredentialIdHash.AsSpan().SequenceEqual(hash) == true)
                is not { } factor
        )
        {
            return null;
        }

        return
            await passkeys.VerifyAssertionAsync(proof.ChallengeToken!, factor, proof.Credential, cancellationToken)
                is { } assertion
            ? new(factor.Id) { Assertion = assertion, SignedChallenge = challenge }
            : null;
    }
}
