using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Keys;

public sealed class UnreadableKeyTableTests
{
    [Fact]
    public async Task An_instance_that_cannot_read_key_revocations_accepts_no_token()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(
            database,
            null,
            ("Revocation:PollInterval", "00:00:00.020"),
            ("Revocation:MaxStaleness", "00:00:02")
        );
        var account = await Account.RegisterAsync(service.Client);
        await service.Client.MeAsync(account.AccessToken).ShouldBeAsync(200);

        database.Rename("SigningKeys", "Hidden");
        await Proof.EventuallyAsync(
            async () => !await service.Client.AcceptsAsync(account.AccessToken),
            "the rejection of the token"
        );
        await service.Client.MeAsync(account.AccessToken).ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");

        database.Rename("Hidden", "SigningKeys");
        await Proof.EventuallyAsync(() => service.Client.AcceptsAsync(account.AccessToken), "the return of the keys");
    }
}
