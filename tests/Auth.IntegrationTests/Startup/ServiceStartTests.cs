using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Startup;

public sealed class ServiceStartTests
{
    private const string Administrators =
        "\"Id\" IN (SELECT \"UserId\" FROM \"UserRoles\" WHERE \"RoleId\" = "
        + "(SELECT \"Id\" FROM \"Roles\" WHERE \"Name\" = 'admin'))";

    [Fact]
    public async Task A_restart_keeps_users_sessions_keys_and_revocations()
    {
        using var database = new TestDatabase();
        Account account,
            loggedOut;
        await using (var before = TestService.Start(database))
        {
            account = await Account.RegisterAsync(before.Client);
            loggedOut = await Account.RegisterAsync(before.Client);
            await before
                .Client.PostAsync("/api/auth/logout", new { refreshToken = loggedOut.RefreshToken })
                .ShouldBeAsync(204);
        }

        await using var after = TestService.Start(database);

        await after.Client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
        await account.RefreshAsync(after.Client);
        await account.LoginAgainAsync(after.Client);
        await Account.LoginAsAdminAsync(after.Client);
        await after.Client.GetAsync("/api/auth/me", loggedOut.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        database.Count("SigningKeys").ShouldBe(1);
        database.Count("Roles").ShouldBe(3);
        database.Count("Users", Administrators).ShouldBe(1);
    }

    [Fact]
    public async Task Another_configured_administrator_does_not_join_the_first()
    {
        using var database = new TestDatabase();
        await using (TestService.Start(database)) { }

        await using var after = TestService.Start(
            database,
            clock: null,
            ("Bootstrap:AdminEmail", "second@example.com"),
            ("Bootstrap:AdminPassword", "another-long-password-44")
        );

        await Account.LoginAsAdminAsync(after.Client);
        await after
            .Client.PostAsync(
                "/api/auth/login",
                new { email = "second@example.com", password = "another-long-password-44" }
            )
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task Instances_that_start_simultaneously_on_an_empty_database_agree()
    {
        for (var round = 0; round < Proof.Rounds(everyTime: 3, full: 50); round++)
        {
            using var database = new TestDatabase();
            using var barrier = new Barrier(3);
            var services = await Task.WhenAll(
                Enumerable
                    .Range(0, 3)
                    .Select(_ =>
                        Task.Factory.StartNew(
                            () =>
                            {
                                barrier.SignalAndWait(TestContext.Current.CancellationToken);
                                return TestService.Start(database);
                            },
                            TestContext.Current.CancellationToken,
                            TaskCreationOptions.LongRunning,
                            TaskScheduler.Default
                        )
                    )
            );

            try
            {
                database.Count("SigningKeys").ShouldBe(1);
                database.Count("Roles").ShouldBe(3);
                database.Count("Users", Administrators).ShouldBe(1);
                var admin = await Account.LoginAsAdminAsync(services[0].Client);
                foreach (var service in services)
                {
                    await service.Client.GetAsync("/api/users", admin.AccessToken).ShouldBeAsync(200);
                    admin = await admin.RefreshAsync(service.Client);
                }
            }
            finally
            {
                foreach (var service in services)
                {
                    await service.DisposeAsync();
                }
            }
        }
    }
}
