using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class LogoutTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_token_in_the_body_ends_its_session_and_revokes_the_access_token()
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
    public async Task The_cookie_ends_its_session()
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
    public async Task The_access_token_ends_its_session()
    {
        var account = await Account.RegisterAsync(_client);

        await _client.PostAsync("/api/auth/logout", null, account.AccessToken).ShouldBeAsync(204);

        await ShouldBeLoggedOutAsync(account);
    }

    [Fact]
    public async Task Every_session_with_a_valid_credential_in_the_request_ends()
    {
        string[] kinds = ["absent", "empty", "forged", "valid"];
        var combinations =
            from inBody in kinds
            from inCookie in kinds
            from inHeader in kinds
            select new[] { inBody, inCookie, inHeader };
        foreach (var combination in combinations)
        {
            var accounts = await Task.WhenAll(combination.Select(_ => Account.RegisterAsync(_client)));
            var sent = combination.Zip(accounts, Sent).ToList();
            var (inBody, inCookie, inHeader) = (sent[0].Refresh, sent[1].Refresh, sent[2].Access);

            using var response = await _client.SendAsync(
                "POST",
                "/api/auth/logout",
                inBody is null ? null : new { refreshToken = inBody },
                cookie: inCookie is null ? null : $"refreshToken={inCookie}",
                headers: inHeader is null ? [] : [("Authorization", $"Bearer {inHeader}".TrimEnd())]
            );

            await response.ShouldBeAsync(204);
            response.ShouldClearCookie();
            foreach (var (kind, account) in combination.Zip(accounts))
            {
                using var refreshed = await _client.PostAsync(
                    "/api/auth/refresh",
                    new { refreshToken = account.RefreshToken }
                );
                ((int)refreshed.StatusCode).ShouldBe(kind == "valid" ? 401 : 200, string.Join(' ', combination));
            }
        }
    }

    [Fact]
    public async Task A_session_identified_by_several_credentials_is_recorded_once()
    {
        var account = await Account.RegisterAsync(_client);
        var newer = await account.RefreshAsync(_client);

        await _client
            .PostAsync(
                "/api/auth/logout",
                new { refreshToken = account.RefreshToken },
                newer.AccessToken,
                $"refreshToken={newer.RefreshToken}"
            )
            .ShouldBeAsync(204);

        await ShouldBeLoggedOutAsync(newer);
        LogoutsOf(account).ShouldBe(1);
    }

    [Fact]
    public async Task Each_of_several_sessions_is_recorded()
    {
        var inBody = await Account.RegisterAsync(_client);
        var inCookie = await Account.RegisterAsync(_client);
        var inHeader = await inCookie.LoginAgainAsync(_client);

        await _client
            .PostAsync(
                "/api/auth/logout",
                new { refreshToken = inBody.RefreshToken },
                inHeader.AccessToken,
                $"refreshToken={inCookie.RefreshToken}"
            )
            .ShouldBeAsync(204);

        foreach (var account in new[] { inBody, inCookie, inHeader })
        {
            await ShouldBeLoggedOutAsync(account);
            LogoutsOf(account).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_rotated_token_still_identifies_the_session_to_end()
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
    public async Task An_unknown_token_gets_the_same_response(string token)
    {
        using var response = await _client.PostAsync("/api/auth/logout", new { refreshToken = token });

        await response.ShouldBeAsync(204);
        response.ShouldClearCookie();
    }

    [Fact]
    public async Task A_repeated_logout_or_one_without_a_token_succeeds()
    {
        var account = await Account.RegisterAsync(_client);

        await _client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);
        await _client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);
        await _client.SendAsync("POST", "/api/auth/logout").ShouldBeAsync(204);
        await _client.PostAsync("/api/auth/logout", null, "not.a.token").ShouldBeAsync(204);
    }

    [Fact]
    public async Task Logout_all_ends_every_session()
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

    private long LogoutsOf(Account account) =>
        fixture.Database.Count(
            "AuditRecords",
            $"\"Type\" = 'logout' AND \"SessionId\" = {fixture.Database.IdText(account.SessionId)}"
        );

    private static (string? Refresh, string? Access) Sent(string kind, Account account) =>
        kind switch
        {
            "absent" => (null, null),
            "empty" => ("", ""),
            "forged" => (Forged(account.RefreshToken), Forged(account.AccessToken)),
            _ => (account.RefreshToken, account.AccessToken),
        };

    // In the middle of the secret: the last character of a token may have unused bits.
    private static string Forged(string token) => token[..^10] + (token[^10] == 'A' ? 'B' : 'A') + token[^9..];

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
