using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class RenameMeTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task The_name_can_be_changed_kept_and_removed()
    {
        var account = await Account.RegisterAsync(_client);

        (await PatchAsync(account, """{"displayName":"Åsa 🦊"}""").ShouldBeAsync(200))
            .ShouldBeUser()
            .Text("displayName")
            .ShouldBe("Åsa 🦊");
        (await PatchAsync(account, "{}").ShouldBeAsync(200)).Text("displayName").ShouldBe("Åsa 🦊");
        (await PatchAsync(account, """{"displayName":null}""").ShouldBeAsync(200))["displayName"].ShouldBeNull();
        (await _client.GetAsync("/api/users/me", account.AccessToken).ShouldBeAsync(200))["displayName"].ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"displayName":""}""")]
    [InlineData("""{"displayName":"a\u0000b"}""")]
    [InlineData("""{"displayName":"line\nbreak"}""")]
    public async Task A_name_that_breaks_a_rule_changes_nothing(string body)
    {
        var account = await Account.RegisterAsync(_client);
        await PatchAsync(account, """{"displayName":"before"}""").ShouldBeAsync(200);

        await PatchAsync(account, body).ShouldBeInvalidAsync("displayName");

        (await _client.GetAsync("/api/users/me", account.AccessToken).ShouldBeAsync(200))
            .Text("displayName")
            .ShouldBe("before");
    }

    [Theory]
    [InlineData(100, 200)]
    [InlineData(101, 400)]
    public async Task A_name_has_up_to_100_characters_of_any_kind(int length, int status)
    {
        var account = await Account.RegisterAsync(_client);
        var displayName = string.Concat(Enumerable.Repeat("🦊", length));

        var answer = await _client
            .SendAsync("PATCH", "/api/users/me", new { displayName }, account.AccessToken)
            .ShouldBeAsync(status);

        if (status == 200)
        {
            answer.Text("displayName").ShouldBe(displayName);
        }
    }

    [Fact]
    public async Task Nothing_else_can_be_changed()
    {
        var account = await Account.RegisterAsync(_client);
        var before = await _client.GetAsync("/api/users/me", account.AccessToken).ShouldBeAsync(200);

        var after = await _client
            .SendAsync(
                "PATCH",
                "/api/users/me",
                new
                {
                    id = Guid.CreateVersion7(),
                    email = "other@example.com",
                    emailConfirmed = true,
                    role = "admin",
                    roles = new[] { "admin" },
                    permissions = new[] { "users:read" },
                    status = "disabled",
                    createdAt = "2001-01-01T00:00:00Z",
                    lastSignInAt = "2001-01-01T00:00:00Z",
                    password = "something-else-entirely-5",
                    hasDisplayName = true,
                },
                account.AccessToken
            )
            .ShouldBeAsync(200);

        after.ToJsonString().ShouldBe(before.ToJsonString());
        await account.LoginAgainAsync(_client);
    }

    private Task<HttpResponseMessage> PatchAsync(Account account, string json) =>
        _client.SendAsync("PATCH", "/api/users/me", Http.Json(json), account.AccessToken);
}
