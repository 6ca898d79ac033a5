using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Sessions;

public sealed class EndAllSessionsRaceTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    [Fact]
    public async Task Concurrent_administrators_do_not_conflict()
    {
        for (var i = 0; i < 10; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(j => Account.RegisterAsync(instances[j])));
        }

        var before = Count("sessions.all_revoked");

        const int callers = 24;
        var rounds = Proof.Rounds(everyTime: 5, full: 100);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(i => EndAllAsync(i, rounds)));

        (Count("sessions.all_revoked") - before).ShouldBe(callers * rounds);
    }

    private async Task EndAllAsync(int caller, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await using var scope = (caller % 2 == 0 ? instances.First : instances.Second).Services.CreateAsyncScope();
            var now = instances.Clock.GetUtcNow();
            scope
                .ServiceProvider.GetRequiredService<IUserRepository>()
                .EndAllSessions(alsoOfAdministrators: true, RevocationReasons.AdminRevoked, now);
            scope
                .ServiceProvider.GetRequiredService<IAuditLog>()
                .Add(
                    AuditRecord.Create(
                        AuditTypes.SessionsAllRevoked,
                        AuditOutcome.Success,
                        new ClientInfo("203.0.113.7", UserAgent: null),
                        now,
                        userId: null
                    )
                );
            await scope
                .ServiceProvider.GetRequiredService<IUnitOfWork>()
                .SaveChangesAsync(TestContext.Current.CancellationToken);
        }
    }

    private long Count(string auditType) => instances.Database.Count("AuditRecords", $"\"Type\" = '{auditType}'");
}
