using System.Linq.Expressions;
using Auth.Domain.Mail;
using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Infrastructure.Mail;

/// <summary>
/// Hands mails to the instances, one attempt to one instance: the number of attempts is raised by a conditional update, and
/// the worker that raised it owns the mail until the lease ends. An outcome is recorded only by the owner.
/// </summary>
internal sealed class MailQueue(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>How long an attempt has before another instance may begin the next one.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Lists mails that are due, those first that have been due for longest.</summary>
    public async Task<IReadOnlyList<DueMail>> ListDueAsync(int count, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        return await scope
            .ServiceProvider.GetRequiredService<AppDbContext>()
            .Mails.Where(mail => mail.NextAttemptAt <= now)
            .OrderBy(mail => mail.NextAttemptAt)
            .Select(mail => new DueMail(mail.Id, mail.Template, mail.Attempts, mail.CreatedAt))
            .Take(count)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Begins an attempt.</summary>
    /// <returns>Null if another instance was faster.</returns>
    public async Task<DueMail?> TryLeaseAsync(DueMail due, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var leasedUntil = now + Lease;
        var isLeased = await UpdateAsync(
            mail => mail.Id == due.Id && mail.Attempts == due.Attempts && mail.NextAttemptAt <= now,
            update =>
                update
                    .SetProperty(mail => mail.Attempts, mail => mail.Attempts + 1)
                    .SetProperty(mail => mail.NextAttemptAt, leasedUntil),
            cancellationToken
        );
        return isLeased ? due with { Attempts = due.Attempts + 1 } : null;
    }

    /// <summary>Records that a mail was delivered.</summary>
    public Task MarkSentAsync(DueMail leased, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return UpdateAsync(
            IsOwned(leased),
            update =>
                update
                    .SetProperty(mail => mail.NextAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(mail => mail.SentAt, now),
            cancellationToken
        );
    }

    /// <summary>Records when the next attempt is due.</summary>
    public Task PostponeAsync(DueMail leased, DateTimeOffset until, CancellationToken cancellationToken) =>
        UpdateAsync(
            IsOwned(leased),
            update => update.SetProperty(mail => mail.NextAttemptAt, until),
            cancellationToken
        );

    /// <summary>Records that there will be no more attempts.</summary>
    public Task GiveUpAsync(DueMail leased, MailFailure failure, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return UpdateAsync(
            IsOwned(leased),
            update =>
                update
                    .SetProperty(mail => mail.NextAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(mail => mail.FailedAt, now)
                    .SetProperty(mail => mail.Failure, failure),
            cancellationToken
        );
    }

    private static Expression<Func<OutgoingMail, bool>> IsOwned(DueMail leased) =>
        mail => mail.Id == leased.Id && mail.Attempts == leased.Attempts && mail.NextAttemptAt != null;

    private async Task<bool> UpdateAsync(
        Expression<Func<OutgoingMail, bool>> condition,
        Action<UpdateSettersBuilder<OutgoingMail>> update,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        using var lease = await scope.ServiceProvider.GetRequiredService<WriteGate>().EnterAsync(cancellationToken);
        return await scope
                .ServiceProvider.GetRequiredService<AppDbContext>()
                .Mails.Where(condition)
                .ExecuteUpdateAsync(update, cancellationToken) == 1;
    }
}
