using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

public sealed class RevocationStalenessTests
{
    [Fact]
    public async Task Access_tokens_are_accepted_until_MaxStaleness_and_rejected_until_revocations_can_be_read_again()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(
            database,
            clock: null,
            ("Revocation:PollInterval", "00:00:00.020"),
            ("Revocation:MaxStaleness", "00:00:02")
        );
        var account = await Account.RegisterAsync(service.Client);

        database.Rename("Revocations", "Hidden");
        await service.Client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
        await StatusShouldBecomeAsync(service, account, 503);

        using (var refused = await service.Client.GetAsync("/api/auth/me", account.AccessToken))
        {
            await refused.ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }

        await service.Client.GetAsync("/health/ready", bearer: null).ShouldBeAsync(503);
        await service.Client.GetAsync("/health/live", bearer: null).ShouldBeAsync(200);

        database.Rename("Hidden", "Revocations");
        await StatusShouldBecomeAsync(service, account, 200);
        await service.Client.GetAsync("/health/ready", bearer: null).ShouldBeAsync(200);
    }

    private static Task StatusShouldBecomeAsync(TestService service, Account account, int status) =>
        Proof.EventuallyAsync(
            async () =>
            {
                using var response = await service.Client.GetAsync("/api/auth/me", account.AccessToken);
                return (int)response.StatusCode == status;
            },
            $"the answer {status}"
        );
}
