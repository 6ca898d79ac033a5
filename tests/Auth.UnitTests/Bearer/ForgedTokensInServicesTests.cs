using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Auth.Domain.Keys;
using Auth.UnitTests.Security.Tokens;

namespace Auth.UnitTests.Bearer;

/// <summary>The forgeries that the issuer rejects are rejected by services as well.</summary>
public sealed class ForgedTokensInServicesTests : IDisposable
{
    // Claims that services ignore are the issuer's own business, and some of its claims are not in the tokens of services.
    private static readonly string[] s_ignoredPayloads =
    [
        """{CLAIMS,"ROLES":["admin"]}""",
        """{CLAIMS,"ſub":1}""",
        """{CLAIMS,"K":1,"k":1}""",
        """{CLAIMS,"x":[[]]}""",
        """{CLAIMS,"x":[{}]}""",
        """{CLAIMS,""" + string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"x{i}\":0")) + "}",
    ];

    private static readonly string[] s_optional = ["jti", "nbf", "auth_time", "amr"];

    private readonly TokenForge _forge = new();
    private readonly IssuerStub _issuer;

    public ForgedTokensInServicesTests() => _issuer = new(_forge);

    public void Dispose() => _issuer.Client.Dispose();

    [Fact]
    public async Task The_unmodified_token_is_valid()
    {
        (await _issuer.ReadAsync(_forge.Valid)).ShouldBeNull();
        (await _issuer.ReadAsync(_forge.SignPayload(_forge.Payload))).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(ForgedTokensTests.Headers), MemberType = typeof(ForgedTokensTests))]
    public async Task Any_other_header_is_rejected(string header)
    {
        var replaced = header.Replace("KID", _forge.World.Key.Id, StringComparison.Ordinal);
        var (encoded, payload) = (TokenForge.Encode(replaced), TokenForge.Encode(_forge.Payload));

        (await _issuer.ReadAsync(_forge.SignEncoded(encoded, payload))).ShouldBe("INVALID_TOKEN");
        (await _issuer.ReadAsync($"{encoded}.{payload}.")).ShouldBe("INVALID_TOKEN");
    }

    [Theory]
    [MemberData(nameof(ForgedTokensTests.Payloads), MemberType = typeof(ForgedTokensTests))]
    public async Task A_payload_that_is_not_a_plain_JSON_object_is_rejected(string payload)
    {
        var replaced = payload.Replace("CLAIMS", _forge.Payload[1..^1], StringComparison.Ordinal);

        (await _issuer.ReadAsync(_forge.SignPayload(replaced))).ShouldBe(
            s_ignoredPayloads.Contains(payload) ? null : "INVALID_TOKEN"
        );
    }

    [Theory]
    [MemberData(nameof(ForgedTokensTests.Claims), MemberType = typeof(ForgedTokensTests))]
    public async Task A_missing_mistyped_or_unknown_claim_is_rejected(string name, string? json)
    {
        var isOptional = json is null && s_optional.Contains(name);

        (await _issuer.ReadAsync(_forge.SignPayload(_forge.PayloadWith(name, json)))).ShouldBe(
            isOptional ? null : "INVALID_TOKEN"
        );
    }

    [Theory]
    [MemberData(nameof(ForgedTokensTests.Spellings), MemberType = typeof(ForgedTokensTests))]
    public async Task Another_encoding_of_a_valid_token_is_rejected(string spelling) =>
        (await _issuer.ReadAsync(ForgedTokensTests.Spell(_forge, spelling))).ShouldBe("INVALID_TOKEN");

    [Fact]
    public async Task No_single_changed_bit_or_shifted_character_is_accepted()
    {
        var token = _forge.Valid;
        for (var i = 0; i < token.Length; i++)
        {
            var bit = (char)(token[i] ^ (1 << (i % 7)));
            (await _issuer.ReadAsync(string.Concat(token.AsSpan(0, i), [bit], token.AsSpan(i + 1)))).ShouldNotBeNull();
            (await _issuer.ReadAsync(token.Remove(i, 1))).ShouldNotBeNull();
            (await _issuer.ReadAsync(token.Insert(i, token[i].ToString()))).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_key_serves_only_its_own_algorithm_and_only_accepted_ones_are_used()
    {
        foreach (var own in (string[])["ES256", "PS256", "RS256"])
        {
            var forge = new TokenForge(own);
            using var issuer = new IssuerStub(forge);
            (await issuer.ReadAsync(forge.Valid)).ShouldBe(own == "ES256" ? null : "INVALID_TOKEN");

            using var accepting = new IssuerStub(forge);
            foreach (var algorithm in (string[])["PS256", "RS256"])
            {
                accepting.Options.Algorithms.Add(algorithm);
            }

            (await accepting.ReadAsync(forge.Valid)).ShouldBeNull();
            foreach (var other in (string[])[.. SigningAlgorithms.All, "RS512", "ES512", "none"])
            {
                var header = forge.Header.Replace(own, other, StringComparison.Ordinal);
                (await accepting.ReadAsync(forge.Sign(header, forge.Payload))).ShouldBe(
                    other == own ? null : "INVALID_TOKEN",
                    $"{own} as {other}"
                );
            }
        }
    }

    [Fact]
    public async Task The_public_key_is_not_a_secret()
    {
        var publicKey = _forge.World.SigningKey.PublicKey;
        var input =
            $"{TokenForge.Encode(_forge.Header.Replace("ES256", "HS256", StringComparison.Ordinal))}.{TokenForge.Encode(_forge.Payload)}";
        var mac = HMACSHA256.HashData(publicKey, Encoding.ASCII.GetBytes(input));

        (await _issuer.ReadAsync($"{input}.{Base64Url.EncodeToString(mac)}")).ShouldBe("INVALID_TOKEN");
    }

    [Fact]
    public async Task Times_are_compared_with_thirty_seconds_of_tolerance()
    {
        var lifetime = (long)_forge.World.Options.AccessTokenLifetime.TotalSeconds;

        (await ReadWithTimesAsync(issued: 29, expires: lifetime)).ShouldBeNull();
        (await ReadWithTimesAsync(issued: 31, expires: lifetime)).ShouldBe("INVALID_TOKEN");
        (await ReadWithTimesAsync(issued: -lifetime, expires: -29)).ShouldBeNull();
        (await ReadWithTimesAsync(issued: -lifetime, expires: -31)).ShouldBe("TOKEN_EXPIRED");
        (await ReadWithTimesAsync(issued: 0, expires: 24 * 3600 + 1)).ShouldBe("INVALID_TOKEN");
    }

    [Fact]
    public async Task Unknown_keys_make_the_keys_be_fetched_once_in_five_seconds()
    {
        var header = _forge.Header.Replace(_forge.World.Key.Id, "unknown", StringComparison.Ordinal);
        var token = _forge.Sign(header, _forge.Payload);
        for (var i = 0; i < 10; i++)
        {
            (await _issuer.ReadAsync(token)).ShouldNotBeNull();
        }

        _issuer.KeyRequests.ShouldBe(1);
        _issuer.Clock.Advance(TimeSpan.FromSeconds(5));
        await _issuer.ReadAsync(token);
        _issuer.KeyRequests.ShouldBe(2);
    }

    private Task<string?> ReadWithTimesAsync(long issued, long expires) =>
        _issuer.ReadAsync(_forge.SignPayload(_forge.PayloadWithTimes(issued, issued, expires, Math.Min(0, issued))));
}
