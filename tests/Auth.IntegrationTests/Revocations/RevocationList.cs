using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Revocations;

/// <summary>A signed list of revocations, as a service that follows them reads it.</summary>
internal sealed record RevocationList(string Text, JsonNode Header, JsonNode Payload)
{
    public const string Path = "/.well-known/revocations";

    public string Cursor => Payload.Text("cursor");

    public bool IsFull => Payload["full"]!.GetValue<bool>();

    public IReadOnlyList<JsonNode> Events => [.. Payload["events"]!.AsArray().Select(item => item!)];

    /// <summary>Fetches a list, without checking its signature.</summary>
    public static async Task<RevocationList> FetchAsync(HttpClient client, string? after = null)
    {
        using var response = await client.SendAsync("GET", after is null ? Path : $"{Path}?after={after}");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(200, text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/revocations+jwt");
        var list = Parse(text);
        list.Find("k", list.Header.Text("kid")).ShouldBeNull("signed with a key that it revokes");
        return list;
    }

    public static RevocationList Parse(string text)
    {
        var parts = text.Split('.');
        parts.Length.ShouldBe(3);
        return new(text, Decode(parts[0]), Decode(parts[1]));
    }

    /// <summary>The hash under which a value is listed.</summary>
    public static string Hash(string value, string issuer = "https://auth.example.com") =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\0{value}")).AsSpan(0, 16));

    /// <summary>Finds the event of a kind about a value; null if there is none.</summary>
    public JsonNode? Find(string kind, string value) =>
        Events.FirstOrDefault(item => item.Text("t") == kind && item["h"]?.GetValue<string>() == Hash(value));

    public async Task ShouldBeGenuineAsync(HttpClient client)
    {
        Header.Text("typ").ShouldBe("revocations+jwt");
        Header.Text("alg").ShouldBe("ES256");
        var set = await client.SendAsync("GET", "/.well-known/jwks.json").ShouldBeAsync(200);
        var key = set["keys"]!.AsArray().Single(key => key!.Text("kid") == Header.Text("kid"))!;
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
        var end = Text.LastIndexOf('.');
        ecdsa
            .VerifyData(
                Encoding.ASCII.GetBytes(Text[..end]),
                Base64Url.DecodeFromChars(Text.AsSpan(end + 1)),
                HashAlgorithmName.SHA256
            )
            .ShouldBeTrue();
    }

    private static JsonNode Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!;
}
