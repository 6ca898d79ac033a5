using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class DeleteMeTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string Route = "/api/users/me/delete";

    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_account_and_its_personal_data_are_gone()
    {
        var account = await Account.RegisterAsync(_client);
        var otherDevice = await account.LoginAgainAsync(_client);
        var displayName = "Name of " + account.Email[..20];
        await _client.SendAsync("PATCH", "/api/users/me", new { displayName }, account.AccessToken).ShouldBeAsync(200);

        await _client.PostAsync(Route, new { password = account.Password }, account.AccessToken).ShouldBeAsync(204);

        foreach (var device in new[] { account, otherDevice })
        {
            await _client.GetAsync("/api/users/me", device.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
            await _client
                .PostAsync("/api/auth/refresh", new { refreshToken = device.RefreshToken })
                .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
        }

        await _client
            .PostAsync("/api/auth/login", new { email = account.Email, password = account.Password })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        var admin = await Account.LoginAsAdminAsync(_client);
        await _client.GetAsync($"/api/users/{account.Id}", admin.AccessToken).ShouldBeProblemAsync(404, "NOT_FOUND");
        var left = fixture.Database.DumpText();
        left.ShouldNotContain(account.Email);
        left.ShouldNotContain(displayName);
    }

    [Fact]
    public async Task The_address_becomes_available_again()
    {
        var account = await Account.RegisterAsync(_client);
        await _client.PostAsync(Route, new { password = account.Password }, account.AccessToken).ShouldBeAsync(204);

        var successor = await Account.RegisterAsync(_client, account.Email);

        successor.Id.ShouldNotBe(account.Id);
        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        await _client.GetAsync("/api/auth/me", successor.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_wrong_password_changes_nothing()
    {
        var account = await Account.RegisterAsync(_client);

        await _client
            .PostAsync(Route, new { password = "wrong-guess-77-abc" }, account.AccessToken)
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await _client.PostAsync(Route, new { }, account.AccessToken).ShouldBeInvalidAsync("password");

        await account.RefreshAsync(_client);
        await account.LoginAgainAsync(_client);
    }

    [Fact]
    public async Task Users_without_a_password_do_not_need_one()
    {
        var account = await Account.RegisterAsync(_client);
        fixture
            .Database.Execute($"UPDATE \"Users\" SET \"PasswordHash\" = '' WHERE \"Email\" = '{account.Email}'")
            .ShouldBe(1);

        await _client.PostAsync(Route, new { }, account.AccessToken).ShouldBeAsync(204);

        fixture.Database.Count("Users", $"\"Email\" = '{account.Email}'").ShouldBe(0);
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_removed()
    {
        var admin = await Account.LoginAsAdminAsync(_client);

        await _client
            .PostAsync(Route, new { password = admin.Password }, admin.AccessToken)
            .ShouldBeProblemAsync(409, "LAST_ADMINISTRATOR");

        await _client.GetAsync("/api/users", admin.AccessToken).ShouldBeAsync(200);
    }
}
