using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;
using Auth.IntegrationTests.Ui;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Factors;

/// <summary>What Chromium signs, in pages of an application and of others, and what the service says about it.</summary>
[Trait("Engine", "Sqlite")] // passkeys are tested elsewhere on every engine
public sealed class BrowserPasskeyTests(BrowserPasskeyTests.Service service, Chromium chromium)
    : IAsyncLifetime,
        IClassFixture<BrowserPasskeyTests.Service>,
        IClassFixture<Chromium>
{
    private const string Application = "https://app.example.com";

    private readonly HttpClient _client = service.Client;
    private IBrowserContext _profile = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _profile = await chromium.StartProfileAsync();
        await _profile.RouteAsync(
            "**/*",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        ContentType = "text/html",
                        Body = route.Request.Url.EndsWith("/frame", StringComparison.Ordinal)
                            ? $"""<iframe src="{Application}/" allow="publickey-credentials-get *"></iframe>"""
                            : "<title>A page</title>",
                    }
                )
        );
        _page = await OpenAsync(Application);
    }

    public async ValueTask DisposeAsync()
    {
        if (_profile is not null)
        {
            await _profile.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_resident_key_with_user_verification_signs_in()
    {
        var (account, _) = await RegisterAsync();

        var signIn = await LoginAsync(await SignAsync(_page, await AskAsync())).ShouldBeAsync(200);

        signIn["user"]!.Text("email").ShouldBe(account.Email);
        Http.Claims(signIn.Text("accessToken")).Text("acr").ShouldBe("phr");
    }

    [Fact]
    public async Task Without_user_verification_nobody_signs_in()
    {
        var (_, device) = await RegisterAsync();
        var passkey = await device.ReadPasskeyAsync();
        var other = await OpenAsync(Application);
        var unverified = await VirtualAuthenticator.AddAsync(other, isUserVerified: false);
        await unverified.ReplacePasskeyAsync(passkey);
        var request = await AskAsync();
        request["options"]!["userVerification"] = "discouraged"; // a page that does not do as the service says

        await LoginAsync(await SignAsync(other, request)).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task A_counter_that_stays_0_is_right()
    {
        var (account, device) = await RegisterAsync();
        var passkey = await device.ReadPasskeyAsync();

        for (var i = 0; i < 3; i++)
        {
            // Chromium increments the counter before it signs: from the highest value to 0.
            await device.ReplacePasskeyAsync(passkey with { SignCount = -1 });
            var signed = await SignAsync(_page, await AskAsync());
            ReadCounter(signed).ShouldBe(0u);
            await LoginAsync(signed).ShouldBeAsync(200);
        }

        (await CountRegressionsAsync(account)).ShouldBe(1); // only the first: it was 1 when the passkey was created
    }

    [Fact]
    public async Task A_counter_that_goes_back_is_let_in_and_recorded()
    {
        var (account, device) = await RegisterAsync();
        var passkey = await device.ReadPasskeyAsync();
        await device.ReplacePasskeyAsync(passkey with { SignCount = 41 });
        await LoginAsync(await SignAsync(_page, await AskAsync())).ShouldBeAsync(200);
        (await CountRegressionsAsync(account)).ShouldBe(0);
        await device.ReplacePasskeyAsync(passkey with { SignCount = 20 }); // a copy

        await LoginAsync(await SignAsync(_page, await AskAsync())).ShouldBeAsync(200);

        (await CountRegressionsAsync(account)).ShouldBe(1);
    }

    [Fact]
    public async Task Another_origin_signs_nobody_in()
    {
        var (_, device) = await RegisterAsync();
        var other = await OpenAsync("https://other.example.com"); // may use the passkeys of example.com
        await CopyAsync(await device.ReadPasskeyAsync(), other);

        await LoginAsync(await SignAsync(other, await AskAsync())).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task Another_relying_party_signs_nobody_in()
    {
        var (_, device) = await RegisterAsync();
        var other = await OpenAsync(Application);
        await CopyAsync(await device.ReadPasskeyAsync() with { RpId = "app.example.com" }, other);
        var request = await AskAsync();
        request["options"]!["rpId"] = "app.example.com";

        await LoginAsync(await SignAsync(other, request)).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task A_frame_in_a_page_of_another_site_signs_nobody_in()
    {
        var (_, device) = await RegisterAsync();
        var outer = await OpenAsync("https://elsewhere.example", "/frame");
        await CopyAsync(await device.ReadPasskeyAsync(), outer);
        var frame = outer.FrameByUrl($"{Application}/").ShouldNotBeNull();

        var signed = await SignAsync(frame, await AskAsync());

        signed["credential"]!["response"].ShouldNotBeNull();
        await LoginAsync(signed).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task A_signature_works_once()
    {
        await RegisterAsync();
        var signed = await SignAsync(_page, await AskAsync());
        await LoginAsync(signed).ShouldBeAsync(200);

        await LoginAsync(signed).ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    private async Task<IPage> OpenAsync(string origin, string path = "/")
    {
        var page = await _profile.NewPageAsync();
        await page.GotoAsync(origin + path);
        return page;
    }

    private async Task<(Account Account, VirtualAuthenticator Device)> RegisterAsync()
    {
        var device = await VirtualAuthenticator.AddAsync(_page);
        var account = await Account.RegisterAsync(_client);
        var request = await _client
            .PostAsync("/api/auth/factors/passkeys/options", new { }, account.AccessToken)
            .ShouldBeAsync(200);
        var credential = await _page.EvaluateAsync<string>(
            """
            async options => {
              const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options));
              return JSON.stringify(await navigator.credentials.create({ publicKey }));
            }
            """,
            request["options"]!.ToJsonString()
        );
        var passkey = new JsonObject
        {
            ["challengeToken"] = request.Text("challengeToken"),
            ["credential"] = JsonNode.Parse(credential),
        };
        await _client.PostAsync("/api/auth/factors/passkeys", passkey, account.AccessToken).ShouldBeAsync(201);
        return (account, device);
    }

    private static async Task CopyAsync(VirtualPasskey passkey, IPage page)
    {
        var device = await VirtualAuthenticator.AddAsync(page);
        await device.ReplacePasskeyAsync(passkey);
    }

    private Task<JsonNode> AskAsync() =>
        _client.PostAsync("/api/auth/login/passkey/options", new { }).ShouldBeAsync(200);

    private static Task<JsonNode> SignAsync(IPage page, JsonNode request) => SignAsync(page.MainFrame, request);

    private static async Task<JsonNode> SignAsync(IFrame frame, JsonNode request)
    {
        var credential = await frame.EvaluateAsync<string>(
            """
            async options => {
              const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options));
              return JSON.stringify(await navigator.credentials.get({ publicKey }));
            }
            """,
            request["options"]!.ToJsonString()
        );
        return new JsonObject
        {
            ["challengeToken"] = request.Text("challengeToken"),
            ["credential"] = JsonNode.Parse(credential),
        };
    }

    private Task<HttpResponseMessage> LoginAsync(JsonNode signed) =>
        _client.PostAsync("/api/auth/login/passkey", signed);

    private static uint ReadCounter(JsonNode signed) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(
            System
                .Buffers.Text.Base64Url.DecodeFromChars(signed["credential"]!["response"]!.Text("authenticatorData"))
                .AsSpan(33) // after the hash of the relying party id and the flags
        );

    private async Task<int> CountRegressionsAsync(Account account)
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var page = await _client
            .GetAsync($"/api/audit?userId={account.Id}&type=factor.counter_regressed", admin.AccessToken)
            .ShouldBeAsync(200);
        return page["items"]!.AsArray().Count;
    }

    /// <summary>A service whose passkeys belong to a domain, and are used by one of its hosts.</summary>
    public sealed class Service()
        : ServiceFixture(("Passkeys:RelyingPartyId", "example.com"), ("Passkeys:Origins:0", Application));
}
