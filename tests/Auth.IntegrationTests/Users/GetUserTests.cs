using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Users;

public sealed class GetUserTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task An_editor_sees_another_user()
    {
        var account = await Account.RegisterAsync(_client);
        var admin = await Account.LoginAsAdminAsync(_client);
        var editor = await Account.RegisterAsync(_client);
        await _client
            .SendAsync("PATCH", $"/api/users/{editor.Id}/role", new { role = "editor" }, admin.AccessToken)
            .ShouldBeAsync(200);
        editor = await editor.RefreshAsync(_client);

        using var response = await _client.GetAsync($"/api/users/{account.Id}", editor.AccessToken);

        var user = (await response.ShouldBeAsync(200)).ShouldBeUser();
        user.Text("id").ShouldBe(account.Id.ToString());
        user.Text("email").ShouldBe(account.Email);
        response.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
        // Editors have read access only.
        await _client
            .SendAsync("PATCH", $"/api/users/{account.Id}/role", new { role = "editor" }, editor.AccessToken)
            .ShouldBeProblemAsync(403, "FORBIDDEN");
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff")]
    [InlineData("019aa0a1-0000-7000-8000-000000000000")]
    [InlineData("019aa0a100007000800000000000000")]
    public async Task An_unusual_id_is_not_found(string id)
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        (string Method, string Route, object? Body)[] requests =
        [
            ("GET", $"/api/users/{id}", null),
            ("PUT", $"/api/users/{id}/roles", new { roles = new[] { "viewer" } }),
            ("PATCH", $"/api/users/{id}/role", new { role = "viewer" }),
            ("POST", $"/api/users/{id}/disable", null),
            ("POST", $"/api/users/{id}/enable", null),
        ];

        foreach (var (method, route, body) in requests)
        {
            using var response = await _client.SendAsync(method, route, body, admin.AccessToken);
            if (id.Contains("%00", StringComparison.Ordinal))
            {
                // The server itself rejects NUL in a path.
                ((int)response.StatusCode).ShouldBeInRange(400, 404);
            }
            else
            {
                await response.ShouldBeProblemAsync(404, "NOT_FOUND");
            }
        }
    }
}
