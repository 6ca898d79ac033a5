using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Authentication;

public sealed class ChangePasswordTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string Route = "/api/auth/change-password";
    private const string NewPassword = "seven-violet-kettles-march";

    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_new_password_works_and_the_old_one_no_longer_does()
    {
        var account = await Account.RegisterAsync(_client);

        await ChangeAsync(account, NewPassword).ShouldBeAsync(204);

        await Account.LoginAsync(_client, account.Email, NewPassword);
        await _client
            .PostAsync("/api/auth/login", new { email = account.Email, password = account.Password })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task Other_sessions_end_and_the_callers_continues_after_a_refresh()
    {
        var account = await Account.RegisterAsync(_client);
        var otherDevice = await account.LoginAgainAsync(_client);

        await ChangeAsync(account, NewPassword).ShouldBeAsync(204);

        foreach (var device in new[] { account, otherDevice })
        {
            var revoked = await _client
                .GetAsync("/api/auth/me", device.AccessToken)
                .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            revoked.Text("reason").ShouldBe("password_changed");
            (revoked["refresh"] is not null).ShouldBe(device == account);
        }

        var refused = await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = otherDevice.RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        refused.Text("reason").ShouldBe("password_changed");
        var refreshed = await account.RefreshAsync(_client);
        refreshed.SessionId.ShouldBe(account.SessionId);
        await _client.GetAsync("/api/auth/me", refreshed.AccessToken).ShouldBeAsync(200);
        var sessions = await _client.GetAsync("/api/auth/sessions", refreshed.AccessToken).ShouldBeAsync(200);
        sessions.AsArray().ShouldHaveSingleItem()!.Text("id").ShouldBe(account.SessionId);
        var export = await _client.GetAsync("/api/users/me/export", refreshed.AccessToken).ShouldBeAsync(200);
        export["sessions"]!
            .AsArray()
            .Select(session => session!["endReason"]?.GetValue<string>())
            .ShouldBe([null, "password_changed"]);
    }

    [Fact]
    public async Task A_wrong_current_password_changes_nothing()
    {
        var account = await Account.RegisterAsync(_client);

        await _client
            .PostAsync(
                Route,
                new { currentPassword = "wrong-guess-77-abc", newPassword = NewPassword },
                account.AccessToken
            )
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
        await account.LoginAgainAsync(_client);
    }

    [Fact]
    public async Task A_new_password_that_breaks_a_rule_changes_nothing()
    {
        var account = await Account.RegisterAsync(_client);

        await ChangeAsync(account, "short").ShouldBeInvalidAsync("newPassword");
        await ChangeAsync(account, "password1234").ShouldBeInvalidAsync("newPassword");
        await ChangeAsync(account, account.Email).ShouldBeInvalidAsync("newPassword");
        await _client
            .PostAsync(Route, new { }, account.AccessToken)
            .ShouldBeInvalidAsync("currentPassword", "newPassword");

        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
        await account.LoginAgainAsync(_client);
    }

    [Fact]
    public async Task The_password_is_changed_even_if_the_callers_session_has_just_ended()
    {
        var account = await Account.RegisterAsync(_client);
        var isIt = $"\"Id\" = {fixture.Database.IdText(account.SessionId)}";
        fixture.Database.Execute($"DELETE FROM \"Sessions\" WHERE {isIt}").ShouldBe(1);

        await ChangeAsync(account, NewPassword).ShouldBeAsync(204);

        await Account.LoginAsync(_client, account.Email, NewPassword);
    }

    [Fact]
    public async Task Of_several_simultaneous_changes_one_succeeds()
    {
        var account = await Account.RegisterAsync(_client);
        var passwords = Enumerable.Range(0, 12).Select(number => $"{NewPassword}-{number}").ToList();

        var answers = await Task.WhenAll(passwords.Select(password => ChangeAsync(account, password)));

        var statuses = answers.Select(answer => (int)answer.StatusCode).ToList();
        statuses.Count(status => status == 204).ShouldBe(1, string.Join(' ', statuses));
        statuses.ShouldAllBe(status => status == 204 || status == 401 || status == 409);
        var winner = passwords[statuses.IndexOf(204)];
        await Account.LoginAsync(_client, account.Email, winner);
        foreach (var loser in passwords.Append(account.Password).Where(password => password != winner))
        {
            await _client
                .PostAsync("/api/auth/login", new { email = account.Email, password = loser })
                .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }
    }

    [Fact]
    public async Task A_concurrent_sign_in_with_the_old_password_leaves_no_session()
    {
        for (var round = 0; round < Proof.Rounds(everyTime: 10, full: 500); round++)
        {
            var account = await Account.RegisterAsync(_client);
            var credentials = new
            {
                email = account.Email,
                password = account.Password,
                refreshTokenIn = "body",
            };

            var logins = Enumerable.Range(0, 6).Select(_ => _client.PostAsync("/api/auth/login", credentials)).ToList();
            await ChangeAsync(account, NewPassword).ShouldBeAsync(204);

            foreach (var response in await Task.WhenAll(logins))
            {
                if (!response.IsSuccessStatusCode)
                {
                    await response.ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
                    continue;
                }

                var signIn = new Account(account.Email, account.Password, await response.ShouldBeAsync(200));
                await _client.GetAsync("/api/auth/me", signIn.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
                await signIn.ShouldHaveEndedAsync(_client, "password_changed");
            }

            await account.RefreshAsync(_client);
        }
    }

    private Task<HttpResponseMessage> ChangeAsync(Account account, string newPassword) =>
        _client.PostAsync(Route, new { currentPassword = account.Password, newPassword }, account.AccessToken);
}
