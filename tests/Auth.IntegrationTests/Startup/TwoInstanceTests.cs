using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Startup;

public sealed class TwoInstanceTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    private readonly HttpClient _first = instances.First.Client;
    private readonly HttpClient _second = instances.Second.Client;

    [Fact]
    public async Task Each_accepts_the_tokens_of_the_other()
    {
        var account = await Account.RegisterAsync(_first);

        await _second.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
        var refreshed = await account.RefreshAsync(_second);
        await _first.GetAsync("/api/users/me", refreshed.AccessToken).ShouldBeAsync(200);
        await refreshed.RefreshAsync(_first);
        await account.LoginAgainAsync(_second);
    }

    [Fact]
    public async Task A_logout_on_one_reaches_the_other()
    {
        var account = await Account.RegisterAsync(_first);
        await _second.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);

        await _first.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken }).ShouldBeAsync(204);

        // The refresh token at once, the access token after the next look.
        await _second
            .PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        await ShouldBecomeRevokedAsync(account, "logout");
    }

    [Fact]
    public async Task A_change_of_roles_on_one_reaches_the_other()
    {
        var admin = await Account.LoginAsAdminAsync(_first);
        var account = await Account.RegisterAsync(_second);

        await _first
            .SendAsync("PATCH", $"/api/users/{account.Id}/role", new { role = "editor" }, admin.AccessToken)
            .ShouldBeAsync(200);

        await ShouldBecomeRevokedAsync(account, "roles_changed");
        var refreshed = await account.RefreshAsync(_second);
        await _second.GetAsync("/api/users", refreshed.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_change_of_the_password_on_one_reaches_the_other()
    {
        var account = await Account.RegisterAsync(_first);
        var otherDevice = await account.LoginAgainAsync(_second);

        await _first
            .PostAsync(
                "/api/auth/change-password",
                new { currentPassword = account.Password, newPassword = "seven-violet-kettles-march" },
                account.AccessToken
            )
            .ShouldBeAsync(204);

        await ShouldBecomeRevokedAsync(otherDevice, "password_changed");
    }

    private async Task ShouldBecomeRevokedAsync(Account account, string reason)
    {
        await Proof.EventuallyAsync(
            async () =>
            {
                using var response = await _second.GetAsync("/api/auth/me", account.AccessToken);
                return !response.IsSuccessStatusCode;
            },
            $"the revocation for {reason}"
        );
        var revoked = await _second
            .GetAsync("/api/auth/me", account.AccessToken)
            .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        revoked.Text("reason").ShouldBe(reason);
    }
}
