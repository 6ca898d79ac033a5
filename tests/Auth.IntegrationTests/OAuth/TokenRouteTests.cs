using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.OAuth;

/// <summary>The token endpoint, with the errors of RFC 6749 §5.2.</summary>
public sealed class TokenRouteTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string Route = "/oauth/token";

    private static readonly (string, string) s_grant = ("grant_type", "client_credentials");

    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_service_gets_a_token_with_its_secret_in_the_header()
    {
        var service = await CreateAsync();

        using var response = await service.AskForTokenAsync(_client);

        var token = await response.ShouldBeAsync(200);
        token.ShouldHaveMembers("access_token", "token_type", "expires_in", "scope");
        token.Text("token_type").ShouldBe("Bearer");
        token["expires_in"]!.GetValue<int>().ShouldBe(300);
        token.Text("scope").ShouldBe("articles:read articles:write");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Pragma.ToString().ShouldBe("no-cache");
    }

    [Fact]
    public async Task A_service_gets_a_token_with_its_secret_in_the_body()
    {
        var service = await CreateAsync();

        await PostAsync(null, s_grant, ("client_id", service.Id), ("client_secret", service.Secret)).ShouldBeAsync(200);
        await PostAsync(Service.Basic(service.Id, service.Secret), s_grant, ("client_id", service.Id))
            .ShouldBeAsync(200);
    }

    [Fact]
    public async Task Id_and_secret_in_the_header_are_form_encoded()
    {
        var service = await CreateAsync();
        var encoded = string.Concat(service.Secret.Select(letter => $"%{(int)letter:x2}"));
        var header = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{service.Id}:{encoded}"));

        await PostAsync(new("Basic", header), s_grant).ShouldBeAsync(200);
    }

    [Fact]
    public async Task The_scope_narrows_the_permissions()
    {
        var service = await CreateAsync();

        var token = await service.AskForTokenAsync(_client, "articles:write").ShouldBeAsync(200);

        token.Text("scope").ShouldBe("articles:write");
        Http.Claims(token.Text("access_token")).Texts("permissions").ShouldBe(["articles:write"]);
    }

    [Theory]
    [InlineData("articles:delete")]
    [InlineData("articles:read users:write")]
    [InlineData("articles:read  articles:write")]
    [InlineData("ARTICLES:READ")]
    [InlineData(" ")]
    public async Task Another_scope_is_invalid(string scope)
    {
        var service = await CreateAsync();

        await ShouldFailAsync(service.AskForTokenAsync(_client, scope), 400, "invalid_scope");
    }

    [Fact]
    public async Task Another_grant_type_is_not_supported()
    {
        var service = await CreateAsync();
        var header = Service.Basic(service.Id, service.Secret);
        foreach (var grant in new[] { "password", "refresh_token", "authorization_code", "CLIENT_CREDENTIALS" })
        {
            await ShouldFailAsync(PostAsync(header, ("grant_type", grant)), 400, "unsupported_grant_type");
        }
    }

    [Fact]
    public async Task Missing_and_repeated_parameters_are_invalid_requests()
    {
        var service = await CreateAsync();
        var header = Service.Basic(service.Id, service.Secret);

        await ShouldFailAsync(PostAsync(header), 400, "invalid_request");
        await ShouldFailAsync(PostAsync(header, ("scope", "articles:read")), 400, "invalid_request");
        await ShouldFailAsync(PostAsync(header, ("grant_type", "")), 400, "invalid_request");
        await ShouldFailAsync(PostAsync(header, s_grant, s_grant), 400, "invalid_request");
        await ShouldFailAsync(PostAsync(header, s_grant, ("x", "1"), ("x", "2")), 400, "invalid_request");
        await ShouldFailAsync(_client.SendAsync("POST", Route), 400, "invalid_request");
        await ShouldFailAsync(
            _client.PostAsync(Route, Http.Bytes([0xff, 0xfe], "application/x-www-form-urlencoded")),
            400,
            "invalid_request"
        );

        // Unknown parameters are ignored, and those without a value count as absent (§3.2).
        await PostAsync(header, s_grant, ("scope", ""), ("audience", "x"), ("client_secret", "")).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Two_ways_of_authentication_are_an_invalid_request()
    {
        var service = await CreateAsync();
        var header = Service.Basic(service.Id, service.Secret);

        await ShouldFailAsync(
            PostAsync(header, s_grant, ("client_id", service.Id), ("client_secret", service.Secret)),
            400,
            "invalid_request"
        );
        await ShouldFailAsync(PostAsync(header, s_grant, ("client_secret", service.Secret)), 400, "invalid_request");
        await ShouldFailAsync(
            PostAsync(header, s_grant, ("client_id", Guid.CreateVersion7().ToString())),
            400,
            "invalid_request"
        );
    }

    [Fact]
    public async Task Whatever_is_wrong_with_the_client_the_answer_is_the_same()
    {
        var service = await CreateAsync();
        var other = await CreateAsync();
        var (id, secret) = (service.Id, service.Secret);
        var typo = secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A');
        AuthenticationHeaderValue?[] headers =
        [
            null,
            Service.Basic(id, other.Secret),
            Service.Basic(id, typo),
            Service.Basic(id, ""),
            Service.Basic(id, secret + " "),
            Service.Basic(Guid.CreateVersion7().ToString(), secret),
            Service.Basic("", secret),
            Service.Basic("newsletter", secret),
            Service.Basic(id + "\0", secret),
            new("Basic", "not base64"),
            new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(id))),
            new("Basic", Convert.ToBase64String([0xff, 0x3a, 0xff])),
            new("Bearer", secret),
        ];
        var answers = new List<string>();
        foreach (var header in headers)
        {
            answers.Add((await ShouldFailAsync(PostAsync(header, s_grant), 401, "invalid_client")).ToJsonString());
        }

        await ShouldFailAsync(PostAsync(null, s_grant, ("client_id", id)), 401, "invalid_client");
        await ShouldFailAsync(
            PostAsync(null, s_grant, ("client_id", id), ("client_secret", typo)),
            401,
            "invalid_client"
        );
        answers.Distinct().Count().ShouldBe(1);
        await service.GetTokenAsync(_client);
    }

    [Fact]
    public async Task Other_media_types_and_methods_have_the_problems_of_all_routes()
    {
        object json = new { grant_type = "client_credentials" };
        await _client.PostAsync(Route, json).ShouldBeProblemAsync(415, "UNSUPPORTED_MEDIA_TYPE");
        await _client
            .PostAsync(Route, Http.Bytes("grant_type=client_credentials"u8, "text/plain"))
            .ShouldBeProblemAsync(415, "UNSUPPORTED_MEDIA_TYPE");
        await _client.SendAsync("GET", Route).ShouldBeProblemAsync(405, "METHOD_NOT_ALLOWED");
        await PostAsync(null, ("x", new string('x', 10 * 1024))).ShouldBeProblemAsync(413, "PAYLOAD_TOO_LARGE");
    }

    [Fact]
    public async Task Discovery_names_the_endpoints()
    {
        var configuration = await _client
            .GetAsync("/.well-known/openid-configuration", bearer: null)
            .ShouldBeAsync(200);

        configuration.Text("token_endpoint").ShouldBe("https://auth.example.com/oauth/token");
        configuration.Text("introspection_endpoint").ShouldBe("https://auth.example.com/oauth/introspect");
        configuration.Text("revocation_endpoint").ShouldBe("https://auth.example.com/oauth/revoke");
    }

    private async Task<Service> CreateAsync() =>
        await Service.CreateWithAsync(
            _client,
            await Account.LoginAsAdminAsync(_client),
            "articles:write",
            "articles:read"
        );

    private Task<HttpResponseMessage> PostAsync(
        AuthenticationHeaderValue? authorization,
        params (string, string)[] form
    ) => Service.PostFormAsync(_client, Route, authorization, form);

    private static async Task<JsonNode> ShouldFailAsync(Task<HttpResponseMessage> answering, int status, string error)
    {
        using var response = await answering;
        var body = await response.ShouldBeAsync(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        body.ShouldHaveMembers("error", "error_description");
        body.Text("error").ShouldBe(error);
        response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).ShouldBe(status == 401 ? ["Basic"] : []);
        return body;
    }
}
