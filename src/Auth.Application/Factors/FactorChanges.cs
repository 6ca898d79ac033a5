using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Domain.Audit;
using Auth.Domain.Factors;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Factors;

/// <summary>What the changes of factors have in common.</summary>
internal sealed class FactorChanges(
    IFactorRepository factors,
    ISessionRepository sessions,
    IRecoveryCodes recoveryCodes,
    Notices notices,
    IAuditLog audit
)
{
    /// <summary>
    /// Completes the enrolment of a factor. The session counts as authenticated with it, and the first factor comes with
    /// recovery codes.
    /// </summary>
    /// <returns>The recovery codes; null if there are factors already.</returns>
    public async Task<IReadOnlyList<string>?> CompleteAsync(
        User user,
        Guid sessionId,
        Factor factor,
        string methods,
        ClientInfo client,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var isFirst = !user.HasSecondFactor;
        user.ChangeFactors(hasSecondFactor: true, now);
        (await sessions.FindAsync(sessionId, cancellationToken))?.StepUp(methods, now);
        Record(AuditTypes.FactorAdded, user, user.Id, factor, client, now, sessionId);
        notices.Add(MailTemplate.FactorAdded, user, client, now);
        return isFirst ? await RenewRecoveryCodesAsync(user, client, now, cancellationToken) : null;
    }

    /// <summary>Replaces the recovery codes.</summary>
    /// <returns>The new ones, to show once.</returns>
    public async Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(
        User user,
        ClientInfo client,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await RemoveRecoveryCodesAsync(user, cancellationToken);
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => recoveryCodes.Create(user.Id)).ToList();
        codes.ForEach(code => factors.Add(RecoveryCode.Create(code.Hash, user.Id, now)));
        audit.Record(AuditTypes.RecoveryCodesMade, client, now, user.Id, user.Id);
        return [.. codes.Select(code => code.Text)];
    }

    /// <summary>Removes factors. The recovery codes go with the last one.</summary>
    public async Task RemoveAsync(
        User user,
        Guid actorId,
        IReadOnlyCollection<Factor> removed,
        bool areAll,
        ClientInfo client,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        foreach (var factor in removed)
        {
            factors.Remove(factor);
            Record(AuditTypes.FactorRemoved, user, actorId, factor, client, now);
            notices.Add(MailTemplate.FactorRemoved, user, client, now);
        }

        if (areAll)
        {
            await RemoveRecoveryCodesAsync(user, cancellationToken);
        }

        user.ChangeFactors(hasSecondFactor: !areAll, now);
    }

    /// <summary>Removes all factors that were added at a time or later, if there are any.</summary>
    public async Task RemoveAllAsync(
        User user,
        Guid actorId,
        ClientInfo client,
        DateTimeOffset since,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var all = (await factors.ListAsync(user.Id, cancellationToken)).ToLookup(factor => factor.IsConfirmed);
        foreach (var pending in all[false])
        {
            factors.Remove(pending);
        }

        if (all[true].Where(factor => factor.CreatedAt >= since).ToList() is { Count: > 0 } removed)
        {
            var areAll = removed.Count == all[true].Count();
            await RemoveAsync(user, actorId, removed, areAll, client, now, cancellationToken);
        }
    }

    private async Task RemoveRecoveryCodesAsync(User user, CancellationToken cancellationToken)
    {
        foreach (var code in await factors.ListRecoveryCodesAsync(user.Id, cancellationToken))
        {
            factors.Remove(code);
        }
    }

    private void Record(
        string type,
        User user,
        Guid actorId,
        Factor factor,
        ClientInfo client,
        DateTimeOffset now,
        Guid? sessionId = null
    ) =>
        audit.Record(
            type,
            client,
            now,
            user.Id,
            actorId,
            sessionId,
            detail: $"{FactorDetails.NameOf(factor.Kind)} {factor.Id}"
        );
}
