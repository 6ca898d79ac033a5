using System.Net;
using Auth.IntegrationTests.Clients;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Keys;

/// <summary>Services that know only the issuer's address.</summary>
public sealed class ResourceServerTests(ClientPackage package) : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private TestService _auth = null!;
    private Account _reader = null!;
    private Account _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _auth = TestService.StartAsIssuer(_database, ("Keys:AnnouncePeriod", "00:05:00"));
        _database.Execute("UPDATE \"Roles\" SET \"Permissions\" = 'articles:read' WHERE \"Name\" = 'viewer'");
        _database.Execute(
            "UPDATE \"Roles\" SET \"Permissions\" = 'articles:read articles:write' WHERE \"Name\" = 'editor'"
        );
        _reader = await Account.RegisterAsync(_auth.Client);
        _writer = await Account.RegisterAsync(_auth.Client);
        var admin = await Account.LoginAsAdminAsync(_auth.Client);
        await _auth
            .Client.SendAsync(
                "PUT",
                $"/api/users/{_writer.Id}/roles",
                new { roles = new[] { "editor" } },
                admin.AccessToken
            )
            .ShouldBeAsync(200);
        _writer = await _writer.RefreshAsync(_auth.Client);
    }

    public async ValueTask DisposeAsync()
    {
        await _auth.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task A_dotnet_service_verifies_with_the_authority_alone()
    {
        await using var articles = await SampleService.StartArticlesAsync(Issuer, "example");
        var client = articles.Client;

        await ShouldDecideLikeOursAsync(client, "/articles");
        (await StatusAsync(client, "GET", "/drafts", _reader.AccessToken)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(client, "GET", "/drafts", _writer.AccessToken)).ShouldBe(HttpStatusCode.OK);
        var whoAmI = await client.GetAsync("/whoami", _reader.AccessToken).ShouldBeAsync(200);
        whoAmI.Text("id").ShouldBe(_reader.Id.ToString("D"));
        await ShouldSurviveRotationsAsync(client, "/articles");
    }

    [Fact]
    public async Task A_Node_service_verifies_with_the_key_set()
    {
        await using var articles = await SampleService.StartNodeAsync(await package.InstallAsync(), Issuer, "example");

        await ShouldDecideLikeOursAsync(articles.Client, "/articles");
        await ShouldSurviveRotationsAsync(articles.Client, "/articles");
    }

    private string Issuer => $"http://localhost:{_auth.Client.BaseAddress!.Port}";

    private async Task ShouldDecideLikeOursAsync(HttpClient client, string route)
    {
        (await StatusAsync(client, "GET", route)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(client, "GET", route, _reader.AccessToken)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, "POST", route, _reader.AccessToken)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(client, "POST", route, _writer.AccessToken)).IsSuccess().ShouldBeTrue();

        // Changed in the last character, from another issuer, without a signature.
        var token = _writer.AccessToken;
        var parts = token.Split('.');
        var forged = ForgedAccessTokens.Encode(
            ForgedAccessTokens.Decode(token, 1).Replace(Issuer, "http://evil.example", StringComparison.Ordinal)
        );
        var none = ForgedAccessTokens.Encode("""{"alg":"none","typ":"at+jwt"}""");
        string[] refused =
        [
            $"{parts[0]}.{forged}.{parts[2]}",
            $"{none}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.{_reader.AccessToken.Split('.')[2]}",
        ];
        foreach (var other in refused)
        {
            (await StatusAsync(client, "GET", route, other)).ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    private async Task ShouldSurviveRotationsAsync(HttpClient client, string route)
    {
        var admin = await Account.LoginAsAdminAsync(_auth.Client);
        await _auth.Client.RotateAsync(admin.AccessToken, emergency: true).ShouldBeAsync(201);
        var withdrawn = _reader;
        _reader = await _reader.RefreshAsync(_auth.Client);

        // A key that was not announced: the first request with it makes the service read the keys again.
        await Proof.EventuallyAsync(
            async () => await StatusAsync(client, "GET", route, _reader.AccessToken) == HttpStatusCode.OK,
            "that the service learns of the new key"
        );
        (await StatusAsync(client, "GET", route, withdrawn.AccessToken)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpStatusCode> StatusAsync(
        HttpClient client,
        string method,
        string route,
        string? bearer = null
    )
    {
        object? body = method == "POST" ? new { title = "News" } : null;
        using var answer = await client.SendAsync(method, route, body, bearer);
        return answer.StatusCode;
    }
}

internal static class Statuses
{
    public static bool IsSuccess(this HttpStatusCode status) => (int)status is >= 200 and < 300;
}
