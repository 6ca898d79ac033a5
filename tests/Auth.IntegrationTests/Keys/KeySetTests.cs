using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Keys;

public sealed class KeySetTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const string KeySet = "/.well-known/jwks.json";
    private const string Configuration = "/.well-known/openid-configuration";

    private static readonly string[] s_members = ["kty", "use", "alg", "kid", "crv", "x", "y", "n", "e"];

    [Fact]
    public async Task The_key_set_verifies_a_token()
    {
        var token = (await Account.RegisterAsync(fixture.Client)).AccessToken;
        var set = await fixture.Client.SendAsync("GET", KeySet).ShouldBeAsync(200);
        var key = set["keys"]!.AsArray().Single(key => key!.Text("kid") == KeyRequests.KeyOf(token))!;

        key.Text("kty").ShouldBe("EC");
        key.Text("crv").ShouldBe("P-256");
        key.Text("alg").ShouldBe("ES256");
        key.Text("use").ShouldBe("sig");
        var (x, y) = (Base64Url.DecodeFromChars(key.Text("x")), Base64Url.DecodeFromChars(key.Text("y")));
        (x.Length, y.Length).ShouldBe((32, 32)); // RFC 7518 §6.2.1.2
        using var ecdsa = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = x, Y = y },
            }
        );
        var end = token.LastIndexOf('.');
        ecdsa
            .VerifyData(
                Encoding.ASCII.GetBytes(token[..end]),
                Base64Url.DecodeFromChars(token.AsSpan(end + 1)),
                HashAlgorithmName.SHA256
            )
            .ShouldBeTrue();
    }

    [Theory]
    [InlineData("ES256", "EC")]
    [InlineData("PS256", "RSA")]
    [InlineData("RS256", "RSA")]
    [InlineData("HS256", null)]
    public async Task Only_public_members_of_public_keys_are_published(string algorithm, string? keyType)
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(
            database,
            null,
            ("Jwt:Algorithm", algorithm),
            ("Jwt:Secret", ForgedAccessTokens.Secret)
        );

        var set = await service.Client.SendAsync("GET", KeySet).ShouldBeAsync(200);
        var keys = set["keys"]!.AsArray();
        keys.Select(key => key!.Text("kty")).ShouldBe(keyType is null ? [] : [keyType]);
        keys.SelectMany(key => key!.AsObject()).Select(member => member.Key).ShouldBeSubsetOf(s_members);
        var configuration = await service.Client.SendAsync("GET", Configuration).ShouldBeAsync(200);
        configuration.Texts("id_token_signing_alg_values_supported").ShouldBe([algorithm]);

        // A token of the algorithm is issued and accepted.
        var token = (await Account.RegisterAsync(service.Client)).AccessToken;
        Http.Header(token).Text("alg").ShouldBe(algorithm);
        await service.Client.MeAsync(token).ShouldBeAsync(200);
    }

    [Fact]
    public async Task The_issuer_is_the_configured_one_whatever_the_requested_host()
    {
        var configuration = await fixture
            .Client.SendAsync(
                "GET",
                Configuration,
                headers: [("Host", "evil.example"), ("X-Forwarded-Host", "evil.example")]
            )
            .ShouldBeAsync(200);

        configuration.Text("issuer").ShouldBe("https://auth.example.com");
        configuration.Text("jwks_uri").ShouldBe("https://auth.example.com/.well-known/jwks.json");
        configuration.Texts("response_types_supported").ShouldNotBeEmpty();
        configuration.Texts("subject_types_supported").ShouldBe(["public"]);
        configuration.ToJsonString().ShouldNotContain("evil");
    }

    [Theory]
    [InlineData(KeySet, "application/jwk-set+json")]
    [InlineData(Configuration, "application/json")]
    public async Task Both_documents_can_be_cached(string route, string mediaType)
    {
        using var full = await fixture.Client.SendAsync("GET", route);
        ((int)full.StatusCode).ShouldBe(200);
        full.Content.Headers.ContentType!.MediaType.ShouldBe(mediaType);
        full.Headers.CacheControl!.Public.ShouldBeTrue();
        full.Headers.CacheControl.MaxAge.ShouldBe(TimeSpan.FromMinutes(5));
        var tag = full.Headers.ETag!.ToString();

        foreach (var known in new[] { tag, $"\"other\", {tag}", $"W/{tag}", "*" })
        {
            using var unchanged = await fixture.Client.SendAsync("GET", route, headers: ("If-None-Match", known));
            ((int)unchanged.StatusCode).ShouldBe(304, known);
            unchanged.Headers.ETag!.ToString().ShouldBe(tag);
            unchanged.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromMinutes(5));
            (await unchanged.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }

        using var changed = await fixture.Client.SendAsync("GET", route, headers: ("If-None-Match", "\"other\""));
        ((int)changed.StatusCode).ShouldBe(200);
        using var head = await fixture.Client.SendAsync("HEAD", route);
        ((int)head.StatusCode).ShouldBe(200);
        head.Headers.ETag!.ToString().ShouldBe(tag);
        head.Content.Headers.ContentLength.ShouldBe(full.Content.Headers.ContentLength);
        await fixture.Client.SendAsync("POST", route).ShouldBeProblemAsync(405, "METHOD_NOT_ALLOWED");
    }

    [Fact]
    public async Task A_rotation_changes_the_ETag_of_the_key_set()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database, null, ("Keys:AnnouncePeriod", "00:00:48"));
        using var before = await service.Client.SendAsync("GET", KeySet);
        var admin = await Account.LoginAsAdminAsync(service.Client);
        await service.Client.RotateAsync(admin.AccessToken).ShouldBeAsync(201);

        using var after = await service.Client.SendAsync(
            "GET",
            KeySet,
            headers: ("If-None-Match", before.Headers.ETag!.ToString())
        );

        ((int)after.StatusCode).ShouldBe(200);
        after.Headers.ETag!.Tag.ShouldNotBe(before.Headers.ETag!.Tag);
        // Derived from the announce period: cached copies expire long before the key signs.
        after.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromSeconds(1));
    }
}
