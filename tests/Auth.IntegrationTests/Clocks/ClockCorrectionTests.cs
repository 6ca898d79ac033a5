using Auth.Infrastructure.Background;
using Auth.IntegrationTests.Keys;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Clocks;

/// <summary>A fast clock that is corrected while the service runs.</summary>
public sealed class ClockCorrectionTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(300)]
    [InlineData(7200)]
    public async Task A_service_first_started_with_a_fast_clock_continues_after_the_correction(int seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        await using var service = TestService.Start(_database, _clock);
        var account = await Account.RegisterAsync(service.Client);
        var key = KeyRequests.KeyOf(account.AccessToken);

        _clock.Advance(TimeSpan.FromSeconds(-seconds));

        await service.Client.SendAsync("GET", "/health/ready").ShouldBeAsync(200);
        for (var i = 0; i < 3; i++)
        {
            account = await account.RefreshAsync(service.Client);
            KeyRequests.KeyOf(account.AccessToken).ShouldBe(key);
            await service.Client.MeAsync(account.AccessToken).ShouldBeAsync(200);
        }

        var again = await account.LoginAgainAsync(service.Client);
        await service.Client.MeAsync(again.AccessToken).ShouldBeAsync(200);
        await using var restarted = TestService.Start(_database, _clock);
        await restarted.Client.MeAsync((await again.RefreshAsync(restarted.Client)).AccessToken).ShouldBeAsync(200);
        (await restarted.Client.PublishedAsync()).ShouldBe([key]);
    }

    [Fact]
    public async Task Keys_are_listed_and_rotated_by_the_corrected_clock()
    {
        _clock.Advance(TimeSpan.FromHours(2));
        await using var service = TestService.Start(_database, _clock, ("Keys:AnnouncePeriod", "00:05:00"));
        _clock.Advance(TimeSpan.FromHours(-2));
        var admin = await Account.LoginAsAdminAsync(service.Client);
        var key = KeyRequests.KeyOf(admin.AccessToken);

        // It is due later than the announce period, so its successor is created automatically.
        await Proof.EventuallyAsync(
            async () => (await service.Client.PublishedAsync()).Count == 2,
            "the announcement of the next key"
        );
        var keys = await service.Client.ListKeysAsync(admin.AccessToken);
        keys.Select(listed => listed.Text("state")).ShouldBe(["signing", "announced"]);
        keys[0].Text("id").ShouldBe(key);

        _clock.Advance(TimeSpan.FromMinutes(5));
        admin = await admin.RefreshAsync(service.Client);
        KeyRequests.KeyOf(admin.AccessToken).ShouldBe(keys[1].Text("id"));
        (await service.Client.ListKeysAsync(admin.AccessToken))
            .Select(listed => listed.Text("state"))
            .ShouldBe(["retired", "signing"]);
    }

    [Fact]
    public async Task Revocations_from_before_an_instance_started_with_a_fast_clock_still_apply()
    {
        await using var right = TestService.Start(_database);
        var account = await Account.RegisterAsync(right.Client);
        await right
            .Client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken })
            .ShouldBeAsync(204);

        _clock.Advance(TimeSpan.FromHours(2));
        await using var fast = TestService.Start(_database, _clock);
        await fast.Client.MeAsync(account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_EXPIRED");
        _clock.Advance(TimeSpan.FromHours(-2));

        // After its next poll.
        await Proof.EventuallyAsync(
            async () => !await fast.Client.AcceptsAsync(account.AccessToken),
            "the revocation of the access token"
        );
        await fast.Client.MeAsync(account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task Revocations_by_an_instance_with_a_slow_clock_apply_everywhere()
    {
        await using var right = TestService.Start(_database);
        var account = await Account.RegisterAsync(right.Client);
        _clock.Advance(TimeSpan.FromHours(-2));
        await using var slow = TestService.Start(_database, _clock);

        await slow.Client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);

        await Proof.EventuallyAsync(
            async () => !await right.Client.AcceptsAsync(account.AccessToken),
            "the revocation of the access token"
        );
        for (var poll = 0; poll < 3; poll++)
        {
            await right.Services.GetRequiredService<RevocationPoller>().RunAsync(TestContext.Current.CancellationToken);
            await right.Client.MeAsync(account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        }
    }

    [Fact]
    public async Task Doctor_reports_the_wrong_clock_and_does_not_suggest_a_restart()
    {
        _clock.Advance(TimeSpan.FromHours(2));
        await using (var service = TestService.Start(_database, _clock)) { }

        var (exitCode, output, _) = await ServiceProcess.RunAsync(["doctor"], OperatorSettings.For(_database));

        exitCode.ShouldBe(0, output);
        var lines = output.Split('\n');
        var finding = Array.FindIndex(lines, line => line.Contains("Signing keys: ES256 ", StringComparison.Ordinal));
        lines[finding].ShouldStartWith("warning ");
        lines[finding].ShouldContain("the clock of the machine that created it was ahead");
        lines[finding + 1].ShouldContain("there is nothing to do");
    }
}
