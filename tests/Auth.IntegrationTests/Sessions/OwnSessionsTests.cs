using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

public sealed class OwnSessionsTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string Route = "/api/auth/sessions";

    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_caller_sees_their_own_sessions_and_which_one_is_current()
    {
        var account = await Account.RegisterAsync(_client);
        await _client
            .SendAsync(
                "POST",
                "/api/auth/login",
                new { email = account.Email, password = account.Password },
                headers: ("User-Agent", "Telephone/1.0")
            )
            .ShouldBeAsync(200);
        await Account.RegisterAsync(_client);

        using var response = await _client.GetAsync(Route, account.AccessToken);

        var sessions = (await response.ShouldBeAsync(200)).AsArray();
        response.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
        sessions.Count.ShouldBe(2);
        foreach (var session in sessions)
        {
            session!.ShouldHaveMembers(
                "id",
                "createdAt",
                "lastUsedAt",
                "expiresAt",
                "ipAddress",
                "userAgent",
                "current"
            );
            session!.ShouldHaveInstant("createdAt").ShouldBeLessThanOrEqualTo(session!.ShouldHaveInstant("lastUsedAt"));
            session!.ShouldHaveInstant("expiresAt");
            session!.Text("ipAddress").ShouldBeOneOf("127.0.0.1", "::1");
        }

        var current = sessions.Where(session => session!["current"]!.GetValue<bool>()).ShouldHaveSingleItem();
        current!.Text("id").ShouldBe(account.SessionId);
        sessions.Select(session => session!["userAgent"]?.ToString()).ShouldContain("Telephone/1.0");
    }

    [Fact]
    public async Task One_session_is_ended()
    {
        var account = await Account.RegisterAsync(_client);
        var lost = await account.LoginAgainAsync(_client);

        await _client.SendAsync("DELETE", $"{Route}/{lost.SessionId}", bearer: account.AccessToken).ShouldBeAsync(204);

        await ShouldHaveEndedAsync(lost);
        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
        (await _client.GetAsync(Route, account.AccessToken).ShouldBeAsync(200)).AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sessions_of_other_users_are_not_found()
    {
        var account = await Account.RegisterAsync(_client);
        var stranger = await Account.RegisterAsync(_client);

        foreach (var id in new[] { stranger.SessionId, Guid.CreateVersion7().ToString(), "nonsense" })
        {
            await _client
                .SendAsync("DELETE", $"{Route}/{id}", bearer: account.AccessToken)
                .ShouldBeProblemAsync(404, "NOT_FOUND");
        }

        await stranger.RefreshAsync(_client);
    }

    [Fact]
    public async Task All_sessions_but_the_current_one_are_ended()
    {
        var account = await Account.RegisterAsync(_client);
        var one = await account.LoginAgainAsync(_client);
        var other = await account.LoginAgainAsync(_client);

        await _client.SendAsync("DELETE", Route, bearer: account.AccessToken).ShouldBeAsync(204);

        await ShouldHaveEndedAsync(one);
        await ShouldHaveEndedAsync(other);
        await account.RefreshAsync(_client);
    }

    private async Task ShouldHaveEndedAsync(Account account)
    {
        var revoked = await _client
            .GetAsync("/api/auth/me", account.AccessToken)
            .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        revoked.Text("reason").ShouldBe("session_revoked");
        await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
    }
}
