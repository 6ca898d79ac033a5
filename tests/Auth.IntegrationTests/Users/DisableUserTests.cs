using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class DisableUserTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task All_sessions_end_and_sign_ins_are_rejected()
    {
        var account = await Account.RegisterAsync(_client);
        var otherDevice = await account.LoginAgainAsync(_client);

        var user = await SendAsync(account, "disable").ShouldBeAsync(200);

        user.ShouldBeUser().Text("status").ShouldBe("disabled");
        foreach (var device in new[] { account, otherDevice })
        {
            var revoked = await _client
                .GetAsync("/api/auth/me", device.AccessToken)
                .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            revoked.Text("reason").ShouldBe("user_disabled");
            await device.ShouldHaveEndedAsync(_client, "user_disabled");
        }

        var admin = await Account.LoginAsAdminAsync(_client);
        var sessions = await _client
            .GetAsync($"/api/users/{account.Id}/sessions", admin.AccessToken)
            .ShouldBeAsync(200);
        sessions.AsArray().ShouldBeEmpty();
        await _client
            .PostAsync("/api/auth/login", new { email = account.Email, password = account.Password })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await _client
            .PostAsync("/api/auth/register", new { email = account.Email, password = account.Password })
            .ShouldBeProblemAsync(409, "EMAIL_ALREADY_REGISTERED");
    }

    [Fact]
    public async Task Disabling_and_enabling_are_idempotent()
    {
        var account = await Account.RegisterAsync(_client);

        await SendAsync(account, "enable").ShouldBeAsync(200);
        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
        await SendAsync(account, "disable").ShouldBeAsync(200);
        await SendAsync(account, "disable").ShouldBeAsync(200);
        await SendAsync(account, "enable").ShouldBeAsync(200);
        await SendAsync(account, "enable").ShouldBeAsync(200);

        await account.LoginAgainAsync(_client);
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_removed()
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        await SendAsync(admin, "disable").ShouldBeProblemAsync(409, "LAST_ADMINISTRATOR");

        await _client.GetAsync("/api/users", admin.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_concurrent_sign_in_leaves_no_session()
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
            var refresh = _client.PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken });
            await SendAsync(account, "disable").ShouldBeAsync(200);

            foreach (var response in (HttpResponseMessage[])[await refresh, .. await Task.WhenAll(logins)])
            {
                if (!response.IsSuccessStatusCode)
                {
                    await response.ShouldBeSomeProblemAsync();
                    ((int)response.StatusCode).ShouldBe(401);
                    continue;
                }

                var signIn = new Account(account.Email, account.Password, await response.ShouldBeAsync(200));
                await _client.GetAsync("/api/auth/me", signIn.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
                await signIn.ShouldHaveEndedAsync(_client, "user_disabled");
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Account account, string action) =>
        await _client.SendAsync(
            "POST",
            $"/api/users/{account.Id}/{action}",
            bearer: (await Account.LoginAsAdminAsync(_client)).AccessToken
        );
}
