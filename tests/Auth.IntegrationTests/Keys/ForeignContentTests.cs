using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Keys;

/// <summary>
/// Tokens with a valid signature whose content we never issue. With HS256, the tests know the key as well as the
/// service does.
/// </summary>
public sealed class ForeignContentTests(SharedSecretService service)
    : IClassFixture<SharedSecretService>,
        IAsyncLifetime
{
    private string _token = null!;

    /// <summary>Headers; KID is replaced with the key id.</summary>
    public static TheoryData<string> Headers =>
        [
            """{"alg":"HS256","kid":"KID","typ":"at+jwt","crit":["exp"]}""",
            """{"alg":"HS256","kid":"KID","typ":"JWT"}""",
            """{"alg":"none","alg":"HS256","kid":"KID","typ":"at+jwt"}""",
        ];

    /// <summary>Payloads; CLAIMS is replaced with the valid claims without braces.</summary>
    public static TheoryData<string> Payloads =>
        ["""{CLAIMS}{"roles":["admin"]}""", """{CLAIMS,"roles":["admin"]}""", ""];

    /// <summary>Replacements in the text of the claims.</summary>
    public static TheoryData<string, string> Claims =>
        new()
        {
            { "\"aud\":\"example\"", "\"aud\":\"example/\"" },
            { "\"exp\":", "\"exp\":1" },
            { "\"roles\":[\"viewer\"]", "\"roles\":\"admin\"" },
        };

    public async ValueTask InitializeAsync() => _token = (await Account.RegisterAsync(service.Client)).AccessToken;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_unmodified_token_is_accepted()
    {
        var token = ForgedAccessTokens.SignWithSecret(Header, Payload);

        token.ShouldBe(_token);
        await service.Client.MeAsync(token).ShouldBeAsync(200);
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public Task A_modified_header_is_rejected(string header) =>
        RefuseAsync(header.Replace("KID", KeyRequests.KeyOf(_token), StringComparison.Ordinal), Payload);

    [Theory]
    [MemberData(nameof(Payloads))]
    public Task A_modified_payload_is_rejected(string payload) =>
        RefuseAsync(Header, payload.Replace("CLAIMS", Payload[1..^1], StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Claims))]
    public Task A_modified_claim_is_rejected(string claim, string other)
    {
        Payload.ShouldContain(claim);
        return RefuseAsync(Header, Payload.Replace(claim, other, StringComparison.Ordinal));
    }

    private string Header => ForgedAccessTokens.Decode(_token, 0);

    private string Payload => ForgedAccessTokens.Decode(_token, 1);

    private async Task RefuseAsync(string header, string payload)
    {
        var token = ForgedAccessTokens.SignWithSecret(header, payload);
        await service.Client.MeAsync(token).ShouldBeProblemAsync(401, "INVALID_TOKEN");
    }
}
