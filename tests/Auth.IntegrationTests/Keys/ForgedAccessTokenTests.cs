using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Keys;

/// <summary>Attacks that need no key of ours: every known way to have a token accepted that we have not signed.</summary>
public sealed class ForgedAccessTokenTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData("none")]
    [InlineData("nOnE")]
    public async Task Unsigned_tokens_are_rejected(string algorithm)
    {
        var token = (await Account.RegisterAsync(_client)).AccessToken;
        var payload = ForgedAccessTokens.Decode(token, 1);
        string[] headers =
        [
            $$"""{"alg":"{{algorithm}}","kid":"{{KeyRequests.KeyOf(token)}}","typ":"at+jwt"}""",
            $$"""{"alg":"{{algorithm}}","typ":"at+jwt"}""",
            $$"""{"alg":"{{algorithm}}"}""",
            ForgedAccessTokens.Decode(token, 0),
        ];
        foreach (var header in headers)
        {
            await RefuseAsync($"{ForgedAccessTokens.Encode(header)}.{ForgedAccessTokens.Encode(payload)}.");
            await RefuseAsync($"{ForgedAccessTokens.Encode(header)}.{ForgedAccessTokens.Encode(payload)}");
        }
    }

    [Fact]
    public async Task The_published_key_is_not_accepted_as_an_HMAC_secret()
    {
        var token = (await Account.RegisterAsync(_client)).AccessToken;
        var (header, payload) = (ForgedAccessTokens.Decode(token, 0), ForgedAccessTokens.Decode(token, 1));
        var set = await _client.SendAsync("GET", "/.well-known/jwks.json").ShouldBeAsync(200);
        var key = set["keys"]![0]!;
        using var ecdsa = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new()
                {
                    X = Base64Url.DecodeFromChars(key.Text("x")),
                    Y = Base64Url.DecodeFromChars(key.Text("y")),
                },
            }
        );
        byte[][] secrets =
        [
            Encoding.ASCII.GetBytes(ecdsa.ExportSubjectPublicKeyInfoPem()),
            Encoding.ASCII.GetBytes(ecdsa.ExportSubjectPublicKeyInfoPem() + "\n"),
            ecdsa.ExportSubjectPublicKeyInfo(),
            Encoding.UTF8.GetBytes(key.ToJsonString()),
            Encoding.UTF8.GetBytes(set.ToJsonString()),
            [],
        ];
        foreach (var secret in secrets)
        {
            foreach (var forged in new[] { header, header.Replace("ES256", "HS256", StringComparison.Ordinal) })
            {
                await RefuseAsync(
                    ForgedAccessTokens.Sign(forged, payload, input => HMACSHA256.HashData(secret, input))
                );
            }
        }
    }

    [Fact]
    public async Task Keys_embedded_in_a_token_are_neither_trusted_nor_fetched()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}/jwks.json";
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = own.ExportParameters(includePrivateParameters: false).Q;
        var jwk =
            $$"""{"kty":"EC","crv":"P-256","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        var token = (await Account.RegisterAsync(_client)).AccessToken;
        var payload = ForgedAccessTokens.Decode(token, 1);
        var kid = KeyRequests.KeyOf(token);

        string[] members =
        [
            $"\"jku\":\"{address}\"",
            $"\"x5u\":\"{address}\"",
            $"\"jwk\":{jwk}",
            "\"x5c\":[\"MIIB\"]",
            $"\"iss\":\"{address}\"",
            $"\"jku\":\"{address}\",\"crit\":[\"jku\"]",
        ];
        foreach (var member in members)
        {
            foreach (var id in new[] { kid, "own", address })
            {
                var header = $$"""{"alg":"ES256","kid":"{{id}}","typ":"at+jwt",{{member}}}""";
                await RefuseAsync(
                    ForgedAccessTokens.Sign(header, payload, input => own.SignData(input, HashAlgorithmName.SHA256))
                );
            }
        }

        listener.Pending().ShouldBeFalse("the service asked for a key");
    }

    [Fact]
    public async Task Oversized_tokens_are_rejected()
    {
        var token = (await Account.RegisterAsync(_client)).AccessToken;
        await RefuseAsync(token.Insert(token.IndexOf('.') + 1, new string('A', 20_000)));
        await RefuseAsync(new string('A', 20_000));

        // The server does not even read headers of this size: it responds at once, or the connection is closed before the
        // response can be read.
        try
        {
            using var answer = await _client.MeAsync(token + new string('A', 1024 * 1024));
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        }
        catch (HttpRequestException closed)
        {
            closed.InnerException.ShouldNotBeNull();
        }

        await _client.MeAsync(token).ShouldBeAsync(200);
    }

    private async Task RefuseAsync(string token)
    {
        using var answer = await _client.MeAsync(token);
        await answer.ShouldBeProblemAsync(401, "INVALID_TOKEN");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"invalid_token\"");
    }
}
