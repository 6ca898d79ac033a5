using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.OAuth;

/// <summary>RFC 7009.</summary>
public sealed class TokenRevocationTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_refresh_token_ends_its_session()
    {
        var phone = await Account.RegisterAsync(_client);
        var laptop = await phone.LoginAgainAsync(_client);

        await RevokeAsync(phone.RefreshToken).ShouldBeAsync(200);

        await phone.ShouldHaveEndedAsync(_client, "logout");
        await _client.GetAsync("/api/auth/me", phone.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        await laptop.RefreshAsync(_client);
    }

    [Fact]
    public async Task An_access_token_ends_its_session()
    {
        var user = await Account.RegisterAsync(_client);

        await RevokeAsync(user.AccessToken).ShouldBeAsync(200);

        await user.ShouldHaveEndedAsync(_client, "logout");
        await RevokeAsync(user.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_token_of_a_service_ends_alone()
    {
        var service = await Service.CreateAsync(_client, await Account.LoginAsAdminAsync(_client));
        var revoked = await service.GetTokenAsync(_client);
        var other = await service.GetTokenAsync(_client);

        await RevokeAsync(revoked).ShouldBeAsync(200);

        await _client.GetAsync("/api/auth/me", revoked).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        await _client.GetAsync("/api/auth/me", other).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Unknown_tokens_get_the_same_answer()
    {
        var user = await Account.RegisterAsync(_client);
        foreach (var token in new[] { "x", user.RefreshToken[..^1], user.AccessToken + "x", user.Id.ToString() })
        {
            using var response = await RevokeAsync(token);
            await response.ShouldBeAsync(200);
            response.Content.Headers.ContentLength.ShouldBe(0);
        }

        await user.RefreshAsync(_client);
    }

    [Fact]
    public async Task Without_a_token_the_request_is_invalid()
    {
        foreach (var form in new (string, string)[][] { [], [("token", "")], [("token", "x"), ("token", "y")] })
        {
            var body = await Service
                .PostFormAsync(_client, "/oauth/revoke", authorization: null, form)
                .ShouldBeAsync(400);
            body.Text("error").ShouldBe("invalid_request");
        }
    }

    private Task<HttpResponseMessage> RevokeAsync(string token) =>
        Service.PostFormAsync(
            _client,
            "/oauth/revoke",
            authorization: null,
            ("token", token),
            ("token_type_hint", "unknown")
        );
}
