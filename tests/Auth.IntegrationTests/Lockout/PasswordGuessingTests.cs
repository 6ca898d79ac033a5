using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Lockout;

public sealed class PasswordGuessingTests(LockoutFixture service) : IClassFixture<LockoutFixture>
{
    [Fact]
    public async Task Every_parallel_guess_is_counted()
    {
        var account = await Account.RegisterAsync(service.Client);
        var guesses = Proof.Rounds(everyTime: 200, full: 1000);

        await service.GuessAsync(account.Email, guesses);

        var failures = service.Sum("Failures", account.Id);
        failures.ShouldBeGreaterThanOrEqualTo(10);
        (failures + service.Sum("Refusals", account.Id)).ShouldBe(guesses);
        service.Records("login.failed", account.Id).ShouldBe(failures);
        service.Records("login.throttled", account.Id).ShouldBe(guesses - failures);

        // Above the threshold, nothing is compared.
        await service.GuessAsync(account.Email, 20);
        service.Sum("Failures", account.Id).ShouldBe(failures);
    }

    [Fact]
    public async Task Guesses_beyond_the_threshold_are_not_compared_and_the_owner_can_sign_in()
    {
        const int Threshold = 10;
        const int InFlight = 32;
        var (account, device) = await service.RegisterOnDeviceAsync();
        var guesses = Proof.Rounds(everyTime: 200, full: 1000);

        await service.GuessAsync(account.Email, guesses / 2, InFlight);

        service.Records("login.failed", account.Id).ShouldBeInRange(Threshold, Threshold + InFlight);

        // Each sign-in of the owner resets the count, so the guesser may fail as often again.
        var ownSignIns = 0;
        var attack = service.GuessAsync(account.Email, guesses - (guesses / 2), InFlight);
        do
        {
            await service.LoginAsync(account.Email, account.Password, device).ShouldBeAsync(200);
            ownSignIns++;
        } while (!attack.IsCompleted && ownSignIns < 3);

        await attack;
        var compared = service.Records("login.failed", account.Id);
        compared.ShouldBeLessThanOrEqualTo((1 + ownSignIns) * (Threshold + InFlight));
        (compared + service.Records("login.throttled", account.Id)).ShouldBe(guesses);
        TestContext.Current.TestOutputHelper?.WriteLine(
            "{0} guesses, {1} of them compared, {2} sign-ins of the owner meanwhile",
            guesses,
            compared,
            ownSignIns
        );
    }

    [Fact]
    public async Task Guesses_at_an_address_without_an_account_are_counted_too()
    {
        var (failures, refusals) = (service.Sum("Failures"), service.Sum("Refusals"));
        var (failed, throttled) = (service.Records("login.failed"), service.Records("login.throttled"));

        await service.FailAsync(Account.NewEmail(), 15);

        (service.Sum("Failures") - failures).ShouldBe(10);
        (service.Sum("Refusals") - refusals).ShouldBe(5);
        (service.Records("login.failed") - failed).ShouldBe(10);
        (service.Records("login.throttled") - throttled).ShouldBe(5);
    }

    [Fact]
    public async Task Below_the_threshold_the_right_password_resets_the_count()
    {
        var account = await Account.RegisterAsync(service.Client);

        await service.FailAsync(account.Email, 9);
        await account.LoginAgainAsync(service.Client);
        service.Sum("Failures", account.Id).ShouldBe(0);

        await service.FailAsync(account.Email, 9);
        await account.LoginAgainAsync(service.Client);
    }

    [Fact]
    public async Task The_lockout_expires_and_grows_with_each_failure()
    {
        var account = await Account.RegisterAsync(service.Client);
        await service.FailAsync(account.Email, 10);

        await service.ShouldBeRefusedAsync(account.Email, account.Password);
        service.Clock.Advance(TimeSpan.FromSeconds(61));
        await service.FailAsync(account.Email, 1);

        service.Clock.Advance(TimeSpan.FromSeconds(61));
        await service.ShouldBeRefusedAsync(account.Email, account.Password);
        service.Clock.Advance(TimeSpan.FromSeconds(61));
        await account.LoginAgainAsync(service.Client);
    }

    [Fact]
    public async Task Guesses_during_a_lockout_do_not_extend_it()
    {
        var account = await Account.RegisterAsync(service.Client);
        await service.FailAsync(account.Email, 10);
        await service.GuessAsync(account.Email, 30);

        service.Clock.Advance(TimeSpan.FromSeconds(61));

        await account.LoginAgainAsync(service.Client);
    }

    [Fact]
    public async Task After_the_delay_one_attempt_is_allowed_however_many_arrive_at_once()
    {
        var account = await Account.RegisterAsync(service.Client);
        await service.FailAsync(account.Email, 10);
        service.Clock.Advance(TimeSpan.FromHours(1));

        await service.GuessAsync(account.Email, 40);

        service.Sum("Failures", account.Id).ShouldBe(11);
        service.Sum("Refusals", account.Id).ShouldBe(39);
    }

    [Fact]
    public async Task After_a_hundred_failures_only_an_administrator_can_unlock()
    {
        var admin = await Account.LoginAsAdminAsync(service.Client);
        var account = await Account.RegisterAsync(service.Client);
        await service.FailForGoodAsync(account.Email);
        service.Sum("Failures", account.Id).ShouldBe(100);

        service.Clock.Advance(TimeSpan.FromDays(365));
        await service.ShouldBeRefusedAsync(account.Email, account.Password);

        admin = await admin.LoginAgainAsync(service.Client);
        var user = await service
            .Client.PostAsync($"/api/users/{account.Id}/unlock", body: null, admin.AccessToken)
            .ShouldBeAsync(200);
        user.Text("email").ShouldBe(account.Email);
        service
            .Database.Scalar("SELECT \"Detail\" FROM \"AuditRecords\" WHERE \"Type\" = 'user.unlocked'")
            .ShouldBe("100 failures, 1 refused");
        await account.LoginAgainAsync(service.Client);
    }

    [Fact]
    public async Task Unlocking_needs_the_permission_and_a_user()
    {
        var admin = await Account.LoginAsAdminAsync(service.Client);
        var account = await Account.RegisterAsync(service.Client);
        var route = $"/api/users/{account.Id}/unlock";

        await service.Client.PostAsync(route, body: null).ShouldBeProblemAsync(401, "MISSING_TOKEN");
        await service.Client.PostAsync(route, body: null, account.AccessToken).ShouldBeProblemAsync(403, "FORBIDDEN");
        await service
            .Client.PostAsync($"/api/users/{Guid.CreateVersion7()}/unlock", body: null, admin.AccessToken)
            .ShouldBeProblemAsync(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Every_rejection_has_the_same_bytes()
    {
        var admin = await Account.LoginAsAdminAsync(service.Client);
        var wrong = await Account.RegisterAsync(service.Client);
        var disabled = await Account.RegisterAsync(service.Client);
        await service
            .Client.PostAsync($"/api/users/{disabled.Id}/disable", body: null, admin.AccessToken)
            .ShouldBeAsync(200);
        var locked = await Account.RegisterAsync(service.Client);
        await service.FailAsync(locked.Email, 10);
        var off = await Account.RegisterAsync(service.Client);
        await service.FailForGoodAsync(off.Email);
        await service.FailAsync(locked.Email, 10);

        (string Email, string Password)[] refused =
        [
            (Account.NewEmail(), LockoutFixture.WrongPassword),
            (wrong.Email, LockoutFixture.WrongPassword),
            (disabled.Email, disabled.Password),
            (disabled.Email, LockoutFixture.WrongPassword),
            (locked.Email, locked.Password),
            (locked.Email, LockoutFixture.WrongPassword),
            (off.Email, off.Password),
        ];
        List<string> answers = [];
        foreach (var (email, password) in refused)
        {
            using var response = await service.LoginAsync(email, password);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var traceId = System.Text.Json.Nodes.JsonNode.Parse(body)!.Text("traceId");
            response.Headers.Date = null;
            answers.Add(
                $"{response.StatusCode}\n{response.Headers}{body.Replace(traceId, "", StringComparison.Ordinal)}"
            );
        }

        answers.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_wrong_current_password_counts_like_a_failed_login()
    {
        var account = await Account.RegisterAsync(service.Client);
        for (var i = 0; i < 10; i++)
        {
            var (route, body) =
                i % 2 == 0
                    ? (
                        "/api/auth/change-password",
                        (object)
                            new { currentPassword = LockoutFixture.WrongPassword, newPassword = "a-lake-in-the-hills" }
                    )
                    : ("/api/users/me/delete", new { password = LockoutFixture.WrongPassword });
            await service
                .Client.PostAsync(route, body, account.AccessToken)
                .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }

        await service.ShouldBeRefusedAsync(account.Email, account.Password);
        await service
            .Client.PostAsync("/api/users/me/delete", new { password = account.Password }, account.AccessToken)
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        service.Records("login.failed", account.Id).ShouldBe(10);
        service.Records("login.throttled", account.Id).ShouldBe(2);

        service.Clock.Advance(TimeSpan.FromSeconds(61));
        await account.LoginAgainAsync(service.Client);
    }

    [Fact]
    public async Task Failure_counts_contain_no_addresses()
    {
        var email = Account.NewEmail();
        await service.FailAsync(email, 1);

        service.Database.DumpText().ShouldNotContain(email);
    }

    [Fact]
    public async Task A_new_account_does_not_inherit_earlier_failures_at_its_address()
    {
        var email = Account.NewEmail();
        await service.FailAsync(email, 12);

        var account = await Account.RegisterAsync(service.Client, email);

        await account.LoginAgainAsync(service.Client);
    }

    [Fact]
    public async Task A_password_change_resets_the_counts_of_all_devices()
    {
        var (account, device) = await service.RegisterOnDeviceAsync();
        await service.FailAsync(account.Email, 3, device);
        await service.FailAsync(account.Email, 3);

        await service
            .Client.PostAsync(
                "/api/auth/change-password",
                new { currentPassword = account.Password, newPassword = "a-lake-in-the-hills" },
                account.AccessToken
            )
            .ShouldBeAsync(204);

        service.Sum("Failures", account.Id).ShouldBe(0);
    }

    [Fact]
    public async Task Deleting_an_account_deletes_its_failure_counts()
    {
        var (account, device) = await service.RegisterOnDeviceAsync();
        await service.FailAsync(account.Email, 3, device);
        await service.FailAsync(account.Email, 3);
        service.Sum("Failures", account.Id).ShouldBe(6);

        await service
            .Client.PostAsync("/api/users/me/delete", new { password = account.Password }, account.AccessToken)
            .ShouldBeAsync(204);

        service.Sum("Failures", account.Id).ShouldBe(0);
    }
}
