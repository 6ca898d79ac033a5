using Auth.Domain.Factors;
using Auth.Domain.Lockout;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Background;

/// <summary>
/// Removes expired sessions, revocations, signing keys, failure counts without an account, mails that are done, expired
/// secrets and tokens of service accounts, and old audit records, in small batches that do not block requests.
/// </summary>
internal sealed class ExpiredDataCleanup(
    IServiceScopeFactory scopes,
    JwtOptions jwt,
    LockoutPolicy lockout,
    TimeProvider clock,
    ILogger<ExpiredDataCleanup> logger
) : PeriodicWorker("The clean-up of expired data", TimeSpan.FromMinutes(10), clock, logger)
{
    private const int BatchSize = 500;

    /// <summary>Allows for clock skew and for instances with different settings.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromDays(1);

    /// <summary>So that operators can see what was given up.</summary>
    private static readonly TimeSpan s_mailRetention = TimeSpan.FromDays(3);

    /// <summary>So that administrators can see which secret a failing service still uses.</summary>
    private static readonly TimeSpan s_secretRetention = TimeSpan.FromDays(30);

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        var cutoff = Clock.GetUtcNow() - jwt.AccessTokenLifetime - s_margin;
        // By the absolute expiry, not the sliding one: until then a client with a token of the session learns why it ended, and
        // refreshing does not have to move an index entry.
        await RemoveAsync(
            context =>
                context
                    .Sessions.Where(session => session.AbsoluteExpiresAt < cutoff)
                    .OrderBy(session => session.AbsoluteExpiresAt),
            cancellationToken
        );
        await RemoveAsync(
            context =>
                context
                    .Revocations.Where(revocation => revocation.OccurredAt < cutoff)
                    .OrderBy(revocation => revocation.OccurredAt),
            cancellationToken
        );
        // The newest key is never removed, so no ordinal is assigned twice.
        await RemoveAsync(
            context => context.SigningKeys.Where(key => key.RemovedAt < cutoff).OrderBy(key => key.Ordinal),
            cancellationToken
        );
        // Counts of accounts remain until the password was right: if they expired, a patient attacker could guess without
        // limit. There are no more of them than accounts and devices.
        var failureCutoff = Clock.GetUtcNow() - lockout.MaxDelay - s_margin;
        await RemoveAsync(
            context =>
                context
                    .FailureCounts.Where(count => count.UserId == null && count.LastFailureAt < failureCutoff)
                    .OrderBy(count => count.LastFailureAt),
            cancellationToken
        );

        // By then they are done: attempts end after a day.
        var mailCutoff = Clock.GetUtcNow() - s_mailRetention;
        await RemoveAsync(
            context => context.Mails.Where(mail => mail.CreatedAt < mailCutoff).OrderBy(mail => mail.CreatedAt),
            cancellationToken
        );

        // With their pending registrations.
        var flowCutoff = Clock.GetUtcNow() - s_margin;
        await RemoveAsync(
            context => context.MailFlows.Where(flow => flow.ExpiresAt < flowCutoff).OrderBy(flow => flow.ExpiresAt),
            cancellationToken
        );
        await RemoveAsync(
            context => context.MailQuotas.Where(quota => quota.LastAt < flowCutoff).OrderBy(quota => quota.LastAt),
            cancellationToken
        );

        var enrolmentCutoff = Clock.GetUtcNow() - Factor.EnrolmentLifetime - s_margin;
        await RemoveAsync(
            context =>
                context
                    .Factors.Where(factor => factor.PendingUserId != null && factor.CreatedAt < enrolmentCutoff)
                    .OrderBy(factor => factor.PendingUserId),
            cancellationToken
        );
        var challengeCutoff = Clock.GetUtcNow() - s_margin;
        await RemoveAsync(
            context =>
                context
                    .SpentChallenges.Where(challenge => challenge.ExpiresAt < challengeCutoff)
                    .OrderBy(challenge => challenge.ExpiresAt),
            cancellationToken
        );

        var tokenCutoff = Clock.GetUtcNow() - s_margin;
        await RemoveAsync(
            context =>
                context.ServiceTokens.Where(token => token.ExpiresAt < tokenCutoff).OrderBy(token => token.ExpiresAt),
            cancellationToken
        );

        // Secrets that have just expired may still be of interest.
        var secretCutoff = Clock.GetUtcNow() - s_secretRetention;
        await RemoveAsync(
            context =>
                context
                    .ServiceSecrets.Where(secret => secret.ExpiresAt < secretCutoff)
                    .OrderBy(secret => secret.ExpiresAt),
            cancellationToken
        );

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AuditRetention>().RunAsync(cancellationToken);
    }

    private async Task RemoveAsync<T>(Func<AppDbContext, IQueryable<T>> select, CancellationToken cancellationToken)
    {
        while (await RemoveBatchAsync(select, cancellationToken) == BatchSize) { }
    }

    private async Task<int> RemoveBatchAsync<T>(
        Func<AppDbContext, IQueryable<T>> select,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        using var lease = await scope.ServiceProvider.GetRequiredService<WriteGate>().EnterAsync(cancellationToken);
        return await select(scope.ServiceProvider.GetRequiredService<AppDbContext>())
            .Take(BatchSize)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
