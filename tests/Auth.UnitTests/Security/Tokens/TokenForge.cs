using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Auth.Domain.Keys;
using Auth.Infrastructure.Security.Tokens;

namespace Auth.UnitTests.Security.Tokens;

/// <summary>Creates tokens that differ from a valid one in one respect, signed with the correct key.</summary>
internal sealed class TokenForge
{
    private readonly List<(string Name, string Json)> _claims;

    public TokenForge(string algorithm = SigningAlgorithms.ES256)
    {
        World = new(algorithm);
        Reader = new(World.Keys, World.Options);
        Valid = World.Issue().Value;
        Header = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(World.Key.EncodedHeader));
        _claims =
        [
            .. JsonElement
                .Parse(Base64Url.DecodeFromChars(Valid.Split('.')[1]))
                .EnumerateObject()
                .Select(claim => (claim.Name, claim.Value.GetRawText())),
        ];
    }

    public static long Now => TokenWorld.Now.ToUnixTimeSeconds();

    public TokenWorld World { get; }

    public AccessTokenReader Reader { get; }

    /// <summary>A valid token.</summary>
    public string Valid { get; }

    /// <summary>The JSON of its header.</summary>
    public string Header { get; }

    /// <summary>The JSON of its payload.</summary>
    public string Payload => ToJson(_claims);

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public AccessTokenReadResult Read(string token, long secondsLater = 0) =>
        Reader.Read(token, TokenWorld.Now.AddSeconds(secondsLater));

    /// <summary>The payload with the JSON of one claim replaced or appended; null removes it.</summary>
    public string PayloadWith(string name, string? json)
    {
        var claims = _claims.ToList();
        var index = claims.FindIndex(claim => claim.Name == name);
        if (index >= 0)
        {
            claims.RemoveAt(index);
        }

        if (json is not null)
        {
            claims.Insert(index < 0 ? claims.Count : index, (name, json));
        }

        return ToJson(claims);
    }

    /// <summary>The payload with times in seconds from now.</summary>
    public string PayloadWithTimes(long issued, long notBefore, long expires, long authenticated)
    {
        var times = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["iat"] = issued,
            ["nbf"] = notBefore,
            ["exp"] = expires,
            ["auth_time"] = authenticated,
        };
        return ToJson(
            _claims.Select(claim =>
                times.TryGetValue(claim.Name, out var time)
                    ? (claim.Name, (Now + time).ToString(CultureInfo.InvariantCulture))
                    : claim
            )
        );
    }

    public string SignPayload(string payload) => Sign(Header, payload);

    public string Sign(string header, string payload) => SignEncoded(Encode(header), Encode(payload));

    public string SignEncoded(string header, string payload)
    {
        var input = header + "." + payload;
        var signature = new byte[World.Key.SignatureLength];
        World.Key.Sign(Encoding.UTF8.GetBytes(input), signature);
        return input + "." + Base64Url.EncodeToString(signature);
    }

    private static string ToJson(IEnumerable<(string Name, string Json)> claims) =>
        "{" + string.Join(',', claims.Select(claim => $"\"{claim.Name}\":{claim.Json}")) + "}";
}
