using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Factors;

public sealed class PasskeyTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_passkey_signs_in_without_a_password()
    {
        var (passkey, account) = await _client.AddPasskeyAsync(await Account.RegisterAsync(_client));
        Http.Claims(account.AccessToken).Text("acr").ShouldBe("phr");

        var signIn = await LoginAsync(passkey).ShouldBeAsync(200);

        var claims = Http.Claims(signIn.Text("accessToken"));
        claims.Text("sub").ShouldBe(account.Id.ToString());
        claims.Text("acr").ShouldBe("phr");
        claims.Texts("amr").ShouldBe(["hwk", "user", "mfa"]);
    }

    [Fact]
    public async Task A_passkey_that_may_be_backed_up_is_a_software_key()
    {
        var (passkey, _) = await _client.AddPasskeyAsync(
            await Account.RegisterAsync(_client),
            new() { IsBackupEligible = true }
        );

        var signIn = await LoginAsync(passkey).ShouldBeAsync(200);

        Http.Claims(signIn.Text("accessToken")).Texts("amr").ShouldBe(["swk", "user", "mfa"]);
    }

    [Fact]
    public async Task The_options_without_a_challenge_name_nobody()
    {
        await _client.AddPasskeyAsync(await Account.RegisterAsync(_client));

        var request = await AskAsync();

        request["options"]!["allowCredentials"]!.AsArray().ShouldBeEmpty();
        request["options"]!.Text("rpId").ShouldBe("auth.example.com");
        request["options"]!.Text("userVerification").ShouldBe("required");
    }

    [Fact]
    public async Task A_signature_works_once()
    {
        var (passkey, _) = await _client.AddPasskeyAsync(await Account.RegisterAsync(_client));
        var request = await AskAsync();
        var body = new
        {
            challengeToken = request.Text("challengeToken"),
            credential = passkey.Get(request["options"]!),
        };
        await _client.PostAsync("/api/auth/login/passkey", body).ShouldBeAsync(200);

        await _client.PostAsync("/api/auth/login/passkey", body).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task Each_tab_has_a_challenge_of_its_own()
    {
        var (passkey, _) = await _client.AddPasskeyAsync(await Account.RegisterAsync(_client));
        var first = await AskAsync();
        await AskAsync();
        await AskAsync();

        await SendAsync(passkey, first).ShouldBeAsync(200);
    }

    [Theory]
    [InlineData("origin")]
    [InlineData("relying party")]
    [InlineData("frame")]
    [InlineData("user verification")]
    [InlineData("backup eligibility")]
    [InlineData("challenge")]
    [InlineData("key")]
    public async Task Anything_wrong_with_a_signature_is_rejected(string fault)
    {
        var (passkey, account) = await _client.AddPasskeyAsync(await Account.RegisterAsync(_client));
        var request = await AskAsync();
        var other = new Authenticator();
        switch (fault)
        {
            case "origin":
                passkey.Origin = "https://auth.example.com.evil.example";
                break;
            case "relying party":
                passkey.RelyingPartyId = "example.com";
                break;
            case "frame":
                passkey.IsCrossOrigin = true;
                break;
            case "user verification":
                passkey.VerifiesUser = false;
                break;
            case "backup eligibility":
                passkey.IsBackupEligible = true;
                break;
            case "challenge":
                request["challengeToken"] = (await AskAsync()).Text("challengeToken");
                break;
            default:
                passkey = other; // never registered
                break;
        }

        await SendAsync(passkey, request).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await _client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task A_counter_that_goes_back_is_let_in_and_recorded()
    {
        var (passkey, account) = await _client.AddPasskeyAsync(
            await Account.RegisterAsync(_client),
            new() { Counter = 5 }
        );
        passkey.Counter = 7;
        await LoginAsync(passkey).ShouldBeAsync(200);
        passkey.Counter = 6;

        await LoginAsync(passkey).ShouldBeAsync(200);

        var admin = await Account.LoginAsAdminAsync(_client);
        var page = await _client
            .GetAsync($"/api/audit?userId={account.Id}&type=factor.counter_regressed", admin.AccessToken)
            .ShouldBeAsync(200);
        page["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_passkey_completes_a_sign_in_with_the_password()
    {
        var (passkey, account) = await _client.AddPasskeyAsync(await Account.RegisterAsync(_client));
        var challenge = await _client.BeginLoginAsync(account);
        var request = await _client.PostAsync("/api/auth/login/passkey/options", new { challenge }).ShouldBeAsync(200);
        request["options"]!["allowCredentials"]!.AsArray().Count.ShouldBe(1);

        var signIn = await _client
            .PostAsync(
                "/api/auth/login/second-factor",
                new
                {
                    challenge,
                    challengeToken = request.Text("challengeToken"),
                    credential = passkey.Get(request["options"]!),
                }
            )
            .ShouldBeAsync(200);

        Http.Claims(signIn.Text("accessToken")).Texts("amr").ShouldBe(["pwd", "hwk", "user", "mfa"]);
    }

    [Fact]
    public async Task A_step_up_takes_a_passkey()
    {
        var (passkey, account) = await _client.AddPasskeyAsync(await Account.RegisterAsync(_client));
        var request = await _client
            .PostAsync("/api/auth/step-up/passkey/options", body: null, account.AccessToken)
            .ShouldBeAsync(200);

        var steppedUp = await _client
            .PostAsync(
                "/api/auth/step-up",
                new { challengeToken = request.Text("challengeToken"), credential = passkey.Get(request["options"]!) },
                account.AccessToken
            )
            .ShouldBeAsync(200);

        steppedUp.Text("acr").ShouldBe("phr");
    }

    [Fact]
    public async Task A_challenge_serves_one_purpose_only()
    {
        var (passkey, account) = await _client.AddPasskeyAsync(await Account.RegisterAsync(_client));
        var request = await AskAsync();

        await _client
            .PostAsync(
                "/api/auth/step-up",
                new { challengeToken = request.Text("challengeToken"), credential = passkey.Get(request["options"]!) },
                account.AccessToken
            )
            .ShouldBeProblemAsync(401, "INVALID_CODE");
    }

    [Fact]
    public async Task A_passkey_is_added_once()
    {
        var (passkey, account) = await _client.AddPasskeyAsync(await Account.RegisterAsync(_client));
        var request = await _client
            .PostAsync("/api/auth/factors/passkeys/options", body: null, account.AccessToken)
            .ShouldBeAsync(200);
        request["options"]!["excludeCredentials"]!.AsArray().Count.ShouldBe(1);

        await _client
            .PostAsync(
                "/api/auth/factors/passkeys",
                new
                {
                    challengeToken = request.Text("challengeToken"),
                    credential = passkey.Create(request["options"]!),
                },
                account.AccessToken
            )
            .ShouldBeInvalidAsync("credential");
    }

    [Fact]
    public async Task There_are_at_most_ten_passkeys()
    {
        var account = await Account.RegisterAsync(_client);
        (_, account) = await _client.AddPasskeyAsync(account);
        var early = await AskToAddAsync(account);
        for (var i = 1; i < 10; i++)
        {
            (_, account) = await _client.AddPasskeyAsync(account);
        }

        await _client
            .PostAsync("/api/auth/factors/passkeys/options", new { }, account.AccessToken)
            .ShouldBeProblemAsync(409, "FACTOR_LIMIT_REACHED");
        await _client
            .PostAsync(
                "/api/auth/factors/passkeys",
                new
                {
                    challengeToken = early.Text("challengeToken"),
                    credential = new Authenticator().Create(early["options"]!),
                },
                account.AccessToken
            )
            .ShouldBeProblemAsync(400, "INVALID_OR_EXPIRED_TOKEN"); // each passkey that is added invalidates earlier challenges
    }

    [Theory]
    [InlineData("nonsense", """{"id":"x"}""", 400, "INVALID_OR_EXPIRED_TOKEN")]
    [InlineData(null, """{"id":"x"}""", 400, "VALIDATION_FAILED")]
    [InlineData("genuine", """{"id":"x"}""", 400, "VALIDATION_FAILED")]
    [InlineData(
        "genuine",
        """{"id":"kq3A","rawId":"kq3A","type":"public-key","response":{}}""",
        400,
        "VALIDATION_FAILED"
    )]
    [InlineData("genuine", "[]", 400, "VALIDATION_FAILED")]
    [InlineData("genuine", "7", 400, "VALIDATION_FAILED")]
    public async Task Malformed_passkeys_are_rejected(string? token, string credential, int status, string code)
    {
        var account = await Account.RegisterAsync(_client);
        var request = await _client
            .PostAsync("/api/auth/factors/passkeys/options", body: null, account.AccessToken)
            .ShouldBeAsync(200);

        await _client
            .PostAsync(
                "/api/auth/factors/passkeys",
                new
                {
                    challengeToken = token == "genuine" ? request.Text("challengeToken") : token,
                    credential = JsonNode.Parse(credential),
                },
                account.AccessToken
            )
            .ShouldBeProblemAsync(status, code);
    }

    private Task<JsonNode> AskToAddAsync(Account account) =>
        _client.PostAsync("/api/auth/factors/passkeys/options", new { }, account.AccessToken).ShouldBeAsync(200);

    private Task<JsonNode> AskAsync() =>
        _client.PostAsync("/api/auth/login/passkey/options", new { }).ShouldBeAsync(200);

    private async Task<HttpResponseMessage> LoginAsync(Authenticator passkey) =>
        await SendAsync(passkey, await AskAsync());

    private Task<HttpResponseMessage> SendAsync(Authenticator passkey, JsonNode request) =>
        _client.PostAsync(
            "/api/auth/login/passkey",
            new
            {
                challengeToken = request.Text("challengeToken"),
                credential = passkey.Get(request["options"]!),
                refreshTokenIn = "body",
            }
        );
}
