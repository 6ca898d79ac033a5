using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Auth.IntegrationTests.Lockout;

public sealed class FailureCountCleanupTests(LockoutFixture service) : IClassFixture<LockoutFixture>
{
    [Fact]
    public async Task Counts_without_an_account_are_deleted_and_those_of_accounts_are_kept()
    {
        var account = await Account.RegisterAsync(service.Client);
        await service.FailAsync(account.Email, 1);
        foreach (var _ in Enumerable.Range(0, 520))
        {
            await service.FailAsync(Account.NewEmail(), 1);
        }

        await CleanUpAsync();
        service.Sum("Failures").ShouldBe(520);

        service.Clock.Advance(TimeSpan.FromHours(26));
        await service.FailAsync(Account.NewEmail(), 1);
        await CleanUpAsync();

        service.Sum("Failures").ShouldBe(1);
        service.Sum("Failures", account.Id).ShouldBe(1);
    }

    // What the background task does every ten minutes.
    private Task CleanUpAsync()
    {
        var cleanup = service
            .Service.Services.GetServices<IHostedService>()
            .Single(task => task.GetType().Name == "ExpiredDataCleanup");
        return (Task)cleanup.GetType().GetMethod("RunAsync")!.Invoke(cleanup, [TestContext.Current.CancellationToken])!;
    }
}
