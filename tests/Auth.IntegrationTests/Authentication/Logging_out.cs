using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class Logging_out(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task By_the_token_in_the_body_the_session_ends_with_its_access_token()
    {
        var account = await Account.RegisterAsync(_client);
        var otherDevice = await account.LoginAgainAsync(_client);

        using var response = await _client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken });

        await response.ShouldBeAsync(204);
        response.ShouldClearCookie();
        await ShouldBeLoggedOutAsync(account);
        await _client.GetAsync("/api/auth/me", otherDevice.AccessToken).ShouldBeAsync(200);
        await otherDevice.RefreshAsync(_client);
    }

    [Fact]
    public async Task By_the_cookie()
    {
        var account = await Account.RegisterAsync(_client);

        using var response = await _client.PostAsync(
            "/api/auth/logout",
            null,
            cookie: $"refreshToken={account.RefreshToken}"
        );

        await response.ShouldBeAsync(204);
        response.ShouldClearCookie();
        await ShouldBeLoggedOutAsync(account);
    }

    [Fact]
    public async Task By_the_access_token_if_there_is_no_other()
    {
        var account = await Account.RegisterAsync(_client);

        await _client.PostAsync("/api/auth/logout", null, account.AccessToken).ShouldBeAsync(204);

        await ShouldBeLoggedOutAsync(account);
    }

    [Fact]
    public async Task The_body_goes_before_the_cookie_and_the_cookie_before_the_access_token()
    {
        var inBody = await Account.RegisterAsync(_client);
        var inCookie = await Account.RegisterAsync(_client);
        var inHeader = await Account.RegisterAsync(_client);

        await _client
            .PostAsync(
                "/api/auth/logout",
                new { refreshToken = inBody.RefreshToken },
                inHeader.AccessToken,
                $"refreshToken={inCookie.RefreshToken}"
            )
            .ShouldBeAsync(204);
        await ShouldBeLoggedOutAsync(inBody);

        await _client
            .PostAsync("/api/auth/logout", null, inHeader.AccessToken, $"refreshToken={inCookie.RefreshToken}")
            .ShouldBeAsync(204);
        await ShouldBeLoggedOutAsync(inCookie);
        await inHeader.RefreshAsync(_client);
    }

    [Fact]
    public async Task A_token_that_was_rotated_still_tells_which_session_to_end()
    {
        var account = await Account.RegisterAsync(_client);
        var current = await account.RefreshAsync(_client);

        await _client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);

        await ShouldBeLoggedOutAsync(current);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("AQGVAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task An_unknown_token_is_answered_alike(string token)
    {
        using var response = await _client.PostAsync("/api/auth/logout", new { refreshToken = token });

        await response.ShouldBeAsync(204);
        response.ShouldClearCookie();
    }

    [Fact]
    public async Task Twice_or_without_any_token_is_answered_alike()
    {
        var account = await Account.RegisterAsync(_client);

        await _client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);
        await _client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);
        await _client.SendAsync("POST", "/api/auth/logout").ShouldBeAsync(204);
        await _client.PostAsync("/api/auth/logout", null, "not.a.token").ShouldBeAsync(204);
    }

    [Fact]
    public async Task From_all_devices_every_session_ends()
    {
        var account = await Account.RegisterAsync(_client);
        var otherDevice = await account.LoginAgainAsync(_client);
        var stranger = await Account.RegisterAsync(_client);

        using var response = await _client.PostAsync("/api/auth/logout-all", null, account.AccessToken);

        await response.ShouldBeAsync(204);
        response.ShouldClearCookie();
        foreach (var device in new[] { account, otherDevice })
        {
            await _client.GetAsync("/api/auth/me", device.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            await _client
                .PostAsync("/api/auth/refresh", new { refreshToken = device.RefreshToken })
                .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        }

        await stranger.RefreshAsync(_client);
        await account.LoginAgainAsync(_client);
    }

    [Fact]
    public async Task From_all_devices_needs_an_access_token()
    {
        var account = await Account.RegisterAsync(_client);

        await _client
            .PostAsync("/api/auth/logout-all", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "MISSING_TOKEN");
        await account.RefreshAsync(_client);
    }

    private async Task ShouldBeLoggedOutAsync(Account account)
    {
        var revoked = await _client
            .GetAsync("/api/auth/me", account.AccessToken)
            .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        revoked.Text("reason").ShouldBe("logout");
        var refused = await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        refused.Text("reason").ShouldBe("logout");
    }
}
