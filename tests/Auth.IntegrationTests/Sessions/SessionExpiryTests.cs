using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

public sealed class SessionExpiryTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task An_unused_session_expires_after_14_days()
    {
        var account = await Account.RegisterAsync(_client);
        var expiresAt = account.SignIn.ShouldHaveInstant("refreshTokenExpiresAt");
        fixture.Service.Clock.Advance(TimeSpan.FromDays(14));
        fixture.Service.Clock.GetUtcNow().ShouldBeGreaterThan(expiresAt);

        using var response = await _client.PostAsync(
            "/api/auth/refresh",
            null,
            cookie: $"refreshToken={account.RefreshToken}"
        );

        var problem = await response.ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        problem.Text("reason").ShouldBe("expired_idle");
        response.ShouldClearCookie();
        await account.LoginAgainAsync(_client);
    }

    [Fact]
    public async Task A_used_session_expires_after_30_days()
    {
        var account = await Account.RegisterAsync(_client);
        var end = account.SignIn.ShouldHaveInstant("refreshTokenExpiresAt").AddDays(16);
        foreach (var days in new[] { 13, 13 })
        {
            fixture.Service.Clock.Advance(TimeSpan.FromDays(days));
            account = await account.RefreshAsync(_client);
        }

        // It does not slide any further.
        account.SignIn.ShouldHaveInstant("refreshTokenExpiresAt").ShouldBe(end, TimeSpan.FromMilliseconds(1));
        fixture.Service.Clock.Advance(TimeSpan.FromDays(4));

        var problem = await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        problem.Text("reason").ShouldBe("expired_absolute");
    }

    [Fact]
    public async Task A_rotated_token_of_an_expired_session_is_not_reuse()
    {
        var account = await Account.RegisterAsync(_client);
        await account.RefreshAsync(_client);
        fixture.Service.Clock.Advance(TimeSpan.FromDays(15));

        var problem = await _client
            .PostAsync("/api/auth/refresh", new { refreshToken = account.RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        problem.Text("reason").ShouldBe("expired_idle");
    }
}
