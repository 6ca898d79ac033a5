using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Lockout;

public sealed class LockoutDisabledTests
{
    [Fact]
    public async Task Guesses_are_neither_counted_nor_rejected()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database, clock: null, ("Lockout:Enabled", "false"));
        var account = await Account.RegisterAsync(service.Client);

        await FailAsync(service.Client, account.Email, 12);

        await account.LoginAgainAsync(service.Client);
        database.Count("FailureCounts").ShouldBe(0);
    }

    [Fact]
    public async Task An_existing_lock_is_ignored_and_left_unchanged()
    {
        using var database = new TestDatabase();
        var email = Account.NewEmail();
        await using (var before = TestService.Start(database))
        {
            await Account.RegisterAsync(before.Client, email);
            await FailAsync(before.Client, email, 12);
            await before
                .Client.PostAsync("/api/auth/login", new { email, password = Account.DefaultPassword })
                .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }

        await using var service = TestService.Start(database, clock: null, ("Lockout:Enabled", "false"));
        await FailAsync(service.Client, email, 1);
        await Account.LoginAsync(service.Client, email, Account.DefaultPassword);

        database.Count("FailureCounts", "\"Failures\" = 10 AND \"Refusals\" = 3").ShouldBe(1);
    }

    private static async Task FailAsync(HttpClient client, string email, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await client
                .PostAsync("/api/auth/login", new { email, password = LockoutFixture.WrongPassword })
                .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }
    }
}
