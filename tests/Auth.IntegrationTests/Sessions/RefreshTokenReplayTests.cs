using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

public sealed class RefreshTokenReplayTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task Within_the_grace_window_a_retry_gets_the_same_successor()
    {
        var account = await Account.RegisterAsync(_client);
        var refreshed = await account.RefreshAsync(_client);
        fixture.Service.Clock.Advance(TimeSpan.FromSeconds(15));

        var again = await account.RefreshAsync(_client);

        again.RefreshToken.ShouldBe(refreshed.RefreshToken);
        again.SessionId.ShouldBe(account.SessionId);
        await again.RefreshAsync(_client);
    }

    [Fact]
    public async Task After_the_grace_window_a_replay_ends_the_session()
    {
        var account = await Account.RegisterAsync(_client);
        var otherDevice = await account.LoginAgainAsync(_client);
        var refreshed = await account.RefreshAsync(_client);
        fixture.Service.Clock.Advance(TimeSpan.FromSeconds(31));

        await ReuseAsync(account);

        await ShouldHaveEndedAsync(refreshed);
        await ShouldHaveEndedAsync(account);
        // The other device is not affected.
        await _client.GetAsync("/api/auth/me", otherDevice.AccessToken).ShouldBeAsync(200);
        await otherDevice.RefreshAsync(_client);
    }

    [Fact]
    public async Task A_rotated_token_gets_the_current_one_even_after_its_successor_was_used()
    {
        var account = await Account.RegisterAsync(_client);
        var second = await account.RefreshAsync(_client);
        var third = await second.RefreshAsync(_client);

        var again = await account.RefreshAsync(_client);

        again.RefreshToken.ShouldBe(third.RefreshToken);
        again.SessionId.ShouldBe(account.SessionId);
    }

    [Fact]
    public async Task Three_grace_windows_later_a_replay_ends_the_session_even_if_its_owner_has_just_refreshed()
    {
        var account = await Account.RegisterAsync(_client);
        var current = await account.RefreshAsync(_client);
        for (var refresh = 0; refresh < 9; refresh++)
        {
            fixture.Service.Clock.Advance(TimeSpan.FromSeconds(10));
            current = await current.RefreshAsync(_client);
        }

        await ReuseAsync(account);

        await ShouldHaveEndedAsync(current);
    }

    [Fact]
    public async Task A_replay_within_the_grace_window_sets_the_cookie_again()
    {
        var account = await Account.RegisterAsync(_client);
        var current = await (await account.RefreshAsync(_client)).RefreshAsync(_client);

        using var response = await _client.PostAsync(
            "/api/auth/refresh",
            null,
            cookie: $"refreshToken={account.RefreshToken}"
        );

        await response.ShouldBeAsync(200);
        response.Cookie().ShouldNotBeNull().Value.ToString().ShouldBe(current.RefreshToken);
    }

    [Fact]
    public async Task For_a_row_of_the_previous_version_only_the_previous_token_is_accepted()
    {
        var account = await Account.RegisterAsync(_client);
        fixture.Service.Clock.Advance(TimeSpan.FromMinutes(2));
        var second = await account.RefreshAsync(_client);
        var third = await second.RefreshAsync(_client);
        // The row as left by that version, which does not know these columns.
        fixture.Database.Execute(
            "UPDATE \"Sessions\" SET \"GraceFloor\" = 0, \"PreviousGraceFloor\" = 0, \"GraceStartedAt\" = \"CreatedAt\""
                + $" WHERE {fixture.Database.IdIs(account.SessionId)}"
        );

        (await second.RefreshAsync(_client)).RefreshToken.ShouldBe(third.RefreshToken);
        await ReuseAsync(account);
    }

    [Fact]
    public async Task A_replay_of_the_cookie_clears_it()
    {
        var account = await Account.RegisterAsync(_client);
        await account.RefreshAsync(_client);
        fixture.Service.Clock.Advance(TimeSpan.FromSeconds(31));

        using var response = await _client.PostAsync(
            "/api/auth/refresh",
            null,
            cookie: $"refreshToken={account.RefreshToken}"
        );

        await response.ShouldBeProblemAsync(401, "TOKEN_REUSE_DETECTED");
        response.ShouldClearCookie();
    }

    [Fact]
    public async Task Concurrent_replays_end_the_session_once()
    {
        var account = await Account.RegisterAsync(_client);
        var refreshed = await account.RefreshAsync(_client);
        fixture.Service.Clock.Advance(TimeSpan.FromSeconds(31));

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ => _client.PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken }))
        );

        var detected = 0;
        foreach (var answer in answers)
        {
            var problem = await answer.ShouldBeSomeProblemAsync();
            ((int)answer.StatusCode).ShouldBe(401);
            problem.Text("code").ShouldBeOneOf("TOKEN_REUSE_DETECTED", "INVALID_REFRESH_TOKEN");
            detected += problem.Text("code") == "TOKEN_REUSE_DETECTED" ? 1 : 0;
        }

        detected.ShouldBe(1);
        await ShouldHaveEndedAsync(refreshed);
        fixture
            .Database.Count(
                "AuditRecords",
                $"\"Type\" = 'token.reuse_detected' AND \"SessionId\" = {fixture.Database.IdText(account.SessionId)}"
            )
            .ShouldBe(1);
    }

    private async Task ReuseAsync(Account account) =>
        await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "TOKEN_REUSE_DETECTED");

    private async Task ShouldHaveEndedAsync(Account account)
    {
        var refused = await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        refused.Text("reason").ShouldBe("reuse_detected");
        var revoked = await _client
            .GetAsync("/api/auth/me", account.AccessToken)
            .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        revoked.Text("reason").ShouldBe("reuse_detected");
    }
}
