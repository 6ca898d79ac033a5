using System.Text;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Problems;

public sealed class MediaTypeTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string Login = "/api/auth/login";
    private const int MaxLength = 10 * 1024;

    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/octet-stream")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Only_JSON_is_accepted(string? mediaType)
    {
        var account = await Account.RegisterAsync(_client);
        var json = Encoding.UTF8.GetBytes($$"""{"email":"{{account.Email}}","password":"{{account.Password}}"}""");

        await _client.PostAsync(Login, Http.Bytes(json, mediaType)).ShouldBeProblemAsync(415, "UNSUPPORTED_MEDIA_TYPE");
        await _client
            .PostAsync(
                "/api/auth/refresh",
                Http.Bytes("{}"u8, mediaType),
                cookie: $"refreshToken={account.RefreshToken}"
            )
            .ShouldBeProblemAsync(415, "UNSUPPORTED_MEDIA_TYPE");
        await _client
            .PostAsync(
                "/api/auth/logout",
                Http.Bytes("{}"u8, mediaType),
                cookie: $"refreshToken={account.RefreshToken}"
            )
            .ShouldBeProblemAsync(415, "UNSUPPORTED_MEDIA_TYPE");
        await account.RefreshAsync(_client);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    public async Task Media_type_spellings_of_JSON_are_accepted(string mediaType)
    {
        var account = await Account.RegisterAsync(_client);
        var json = Encoding.UTF8.GetBytes($$"""{"email":"{{account.Email}}","password":"{{account.Password}}"}""");

        await _client.PostAsync(Login, Http.Bytes(json, mediaType)).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_form_is_not_an_accepted_body()
    {
        using var form = new FormUrlEncodedContent([new("email", "a@example.com"), new("password", "x")]);
        using var parts = new MultipartFormDataContent { { new StringContent("a@example.com"), "email" } };

        await _client.PostAsync(Login, (object)form).ShouldBeProblemAsync(415, "UNSUPPORTED_MEDIA_TYPE");
        await _client.PostAsync(Login, (object)parts).ShouldBeProblemAsync(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task Ten_kibibytes_are_accepted_and_one_byte_more_is_not()
    {
        var account = await Account.RegisterAsync(_client);
        var json = $$"""{"email":"{{account.Email}}","password":"{{account.Password}}"}""";

        await _client.PostAsync(Login, Http.Json(json.PadRight(MaxLength))).ShouldBeAsync(200);
        await _client
            .PostAsync(Login, Http.Json(json.PadRight(MaxLength + 1)))
            .ShouldBeProblemAsync(413, "PAYLOAD_TOO_LARGE");
        await _client
            .SendAsync("POST", Login, Http.Json(json.PadRight(MaxLength)), headers: ("Transfer-Encoding", "chunked"))
            .ShouldBeAsync(200);
        await _client
            .SendAsync(
                "POST",
                Login,
                Http.Json(json.PadRight(MaxLength + 1)),
                headers: ("Transfer-Encoding", "chunked")
            )
            .ShouldBeProblemAsync(413, "PAYLOAD_TOO_LARGE");
    }

    [Theory]
    [MemberData(nameof(Requests.WithBody), MemberType = typeof(Requests))]
    public async Task A_body_of_one_mebibyte_is_too_large_for_every_route(string method, string route, bool needsToken)
    {
        var token = needsToken ? (await Account.LoginAsAdminAsync(_client)).AccessToken : null;
        var authorization = token is null ? "X-None: none" : $"Authorization: Bearer {token}";
        var body = Encoding.ASCII.GetBytes("{\"x\":\"" + new string('x', 1024 * 1024) + "\"}");

        var answer = await _client.SendRawAsync([
            $"{method} {route} HTTP/1.1",
            "Content-Type: application/json",
            $"Content-Length: {body.Length}",
            authorization,
        ]);
        answer.ShouldBeRefused();
        answer.Status.ShouldBe(413);
        answer.Json.Text("code").ShouldBe("PAYLOAD_TOO_LARGE");

        // The length is not known in advance, and the server does not wait for bytes above the limit.
        var chunk = Encoding.ASCII.GetBytes($"{MaxLength + 1:x}\r\n{new string(' ', MaxLength + 1)}\r\n");
        var chunked = await _client.SendRawAsync(
            [
                $"{method} {route} HTTP/1.1",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked",
                authorization,
            ],
            chunk
        );
        chunked.ShouldBeRefused();
        chunked.Status.ShouldBe(413);
    }
}
