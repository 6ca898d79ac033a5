using System.Globalization;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.ServiceAccounts;

public sealed class ServiceSecretTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_secret_is_shown_once_and_stored_as_a_hash()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var service = await Service.CreateAsync(_client, admin);

        service.Secret.ShouldMatch("^as_[A-Za-z0-9_-]{48}$");
        var secrets = await _client
            .GetAsync($"/api/service-accounts/{service.Id}/secrets", admin.AccessToken)
            .ShouldBeAsync(200);
        secrets.AsArray().Count.ShouldBe(1);
        secrets[0]!.ShouldHaveMembers("id", "createdAt", "expiresAt", "lastUsedAt");
        secrets[0]!.Text("id").ShouldBe(service.SecretId);
        fixture.Database.DumpText().ShouldNotContain(service.Secret);
    }

    [Fact]
    public async Task There_are_at_most_two_that_have_not_expired()
    {
        using var database = new TestDatabase();
        await using var here = TestService.Start(database, new TestClock());
        var client = here.Client;
        var admin = await Account.LoginAsAdminAsync(client);
        var service = await Service.CreateAsync(client, admin);
        var path = $"/api/service-accounts/{service.Id}/secrets";
        var end = here.Clock.GetUtcNow().AddHours(1).ToString("O", CultureInfo.InvariantCulture);
        var second = await client.PostAsync(path, new { expiresAt = end }, admin.AccessToken).ShouldBeAsync(201);
        second.ShouldHaveMembers("id", "secret", "createdAt", "expiresAt", "lastUsedAt");

        await client.PostAsync(path, new { }, admin.AccessToken).ShouldBeProblemAsync(409, "SECRET_LIMIT_REACHED");
        here.Clock.Advance(TimeSpan.FromHours(1));
        admin = await Account.LoginAsAdminAsync(client);
        await client.PostAsync(path, new { }, admin.AccessToken).ShouldBeAsync(201);

        // The expired one is still listed, and no longer works.
        (await client.GetAsync(path, admin.AccessToken).ShouldBeAsync(200))
            .AsArray()
            .Count.ShouldBe(3);
        await (service with { Secret = second.Text("secret") }).AskForTokenAsync(client).ShouldBeAsync(401);
        await service.GetTokenAsync(client);
    }

    [Fact]
    public async Task A_body_is_not_needed()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var service = await Service.CreateAsync(_client, admin);

        var added = await _client
            .PostAsync($"/api/service-accounts/{service.Id}/secrets", body: null, admin.AccessToken)
            .ShouldBeAsync(201);

        added["expiresAt"].ShouldBeNull();
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2001-01-01T00:00:00Z")]
    [InlineData("")]
    public async Task The_expiry_is_a_time_in_the_future(string expiresAt)
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var service = await Service.CreateAsync(_client, admin);

        await _client
            .PostAsync($"/api/service-accounts/{service.Id}/secrets", new { expiresAt }, admin.AccessToken)
            .ShouldBeInvalidAsync("expiresAt");
    }

    [Fact]
    public async Task A_token_does_not_outlive_its_secret()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var service = await Service.CreateAsync(_client, admin);
        var end = fixture.Service.Clock.GetUtcNow().AddMinutes(2);
        var added = await _client
            .PostAsync(
                $"/api/service-accounts/{service.Id}/secrets",
                new { expiresAt = end.ToString("O", CultureInfo.InvariantCulture) },
                admin.AccessToken
            )
            .ShouldBeAsync(201);

        var token = await (service with { Secret = added.Text("secret") }).GetTokenAsync(_client);

        Http.Claims(token)["exp"]!.GetValue<long>().ShouldBeLessThanOrEqualTo(end.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Secrets_are_rotated_without_an_interruption()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var before = await Service.CreateAsync(_client, admin);
        var oldToken = await before.GetTokenAsync(_client);

        var after = await before.AddSecretAsync(_client, admin);
        var newToken = await after.GetTokenAsync(_client);
        await before.GetTokenAsync(_client);
        await before.RemoveSecretAsync(_client, admin);

        var problem = await _client.GetAsync("/api/auth/me", oldToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        problem.Text("reason").ShouldBe("secret_removed");
        await _client.GetAsync("/api/auth/me", newToken).ShouldBeAsync(200);
        await before.AskForTokenAsync(_client).ShouldBeAsync(401);
        await after.GetTokenAsync(_client);
    }

    [Fact]
    public async Task A_secret_of_another_account_is_not_found()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var one = await Service.CreateAsync(_client, admin);
        var other = await Service.CreateAsync(_client, admin);

        await _client
            .SendAsync("DELETE", $"/api/service-accounts/{one.Id}/secrets/{other.SecretId}", bearer: admin.AccessToken)
            .ShouldBeProblemAsync(404, "NOT_FOUND");
        await (other with { Id = one.Id }).AskForTokenAsync(_client).ShouldBeAsync(401);
        await other.GetTokenAsync(_client);
    }

    [Fact]
    public async Task The_last_use_is_recorded_to_within_a_minute()
    {
        using var database = new TestDatabase();
        await using var here = TestService.Start(database, new TestClock());
        var admin = await Account.LoginAsAdminAsync(here.Client);
        var service = await Service.CreateAsync(here.Client, admin);
        await service.GetTokenAsync(here.Client);
        var first = await LastUseAsync();
        here.Clock.Advance(TimeSpan.FromSeconds(30));
        await service.GetTokenAsync(here.Client);

        (await LastUseAsync()).ShouldBe(first);
        here.Clock.Advance(TimeSpan.FromSeconds(30));
        await service.GetTokenAsync(here.Client);
        (await LastUseAsync()).ShouldBeGreaterThan(first);

        async Task<DateTimeOffset> LastUseAsync()
        {
            var path = $"/api/service-accounts/{service.Id}";
            var account = await here.Client.GetAsync(path, admin.AccessToken).ShouldBeAsync(200);
            var secrets = await here.Client.GetAsync($"{path}/secrets", admin.AccessToken).ShouldBeAsync(200);
            secrets[0]!.Text("lastUsedAt").ShouldBe(account.Text("lastUsedAt"));
            return DateTimeOffset.Parse(account.Text("lastUsedAt"), CultureInfo.InvariantCulture);
        }
    }
}
