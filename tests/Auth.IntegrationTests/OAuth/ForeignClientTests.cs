using Auth.IntegrationTests.Support;
using Duende.IdentityModel.Client;

namespace Auth.IntegrationTests.OAuth;

/// <summary>A client library of others, with its defaults, works with these routes.</summary>
public sealed class ForeignClientTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData(ClientCredentialStyle.AuthorizationHeader)]
    [InlineData(ClientCredentialStyle.PostBody)]
    public async Task Duende_IdentityModel_gets_introspects_and_revokes_a_token(ClientCredentialStyle style)
    {
        var client = fixture.Client;
        var admin = await Account.LoginAsAdminAsync(client);
        var service = await Service.CreateWithAsync(client, admin, "articles:read", "tokens:introspect");
        var cancellationToken = TestContext.Current.CancellationToken;

        using var tokenRequest = new ClientCredentialsTokenRequest
        {
            Address = "/oauth/token",
            ClientId = service.Id,
            ClientSecret = service.Secret,
            ClientCredentialStyle = style,
            Scope = "articles:read",
        };
        var token = await client.RequestClientCredentialsTokenAsync(tokenRequest, cancellationToken);

        token.IsError.ShouldBeFalse(token.Error);
        token.ExpiresIn.ShouldBe(300);
        token.Scope.ShouldBe("articles:read");
        (await IsActiveAsync()).ShouldBeTrue();
        using var revocationRequest = new TokenRevocationRequest
        {
            Address = "/oauth/revoke",
            ClientId = service.Id,
            ClientSecret = service.Secret,
            ClientCredentialStyle = style,
            Token = token.AccessToken!,
        };
        var revocation = await client.RevokeTokenAsync(revocationRequest, cancellationToken);
        revocation.IsError.ShouldBeFalse(revocation.Error);
        (await IsActiveAsync()).ShouldBeFalse();

        using var refusedRequest = new ClientCredentialsTokenRequest
        {
            Address = "/oauth/token",
            ClientId = service.Id,
            ClientSecret = service.Secret,
            ClientCredentialStyle = style,
            Scope = "articles:write",
        };
        var refused = await client.RequestClientCredentialsTokenAsync(refusedRequest, cancellationToken);
        refused.ErrorType.ShouldBe(ResponseErrorType.Protocol);
        refused.Error.ShouldBe("invalid_scope");

        async Task<bool> IsActiveAsync()
        {
            using var request = new TokenIntrospectionRequest
            {
                Address = "/oauth/introspect",
                ClientId = service.Id,
                ClientSecret = service.Secret,
                ClientCredentialStyle = style,
                Token = token.AccessToken!,
            };
            var answer = await client.IntrospectTokenAsync(request, cancellationToken);
            answer.IsError.ShouldBeFalse(answer.Error);
            return answer.IsActive;
        }
    }
}
