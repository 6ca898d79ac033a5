using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Auth.Domain.Keys;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Tokens;
using FsCheck;
using FsCheck.Fluent;

namespace Auth.UnitTests.Security.Tokens;

/// <summary>
/// Every known way to forge a token. Unless the signature is forged, it is that of the correct
/// key, so that nothing else rejects the token.
/// </summary>
public sealed class ForgedTokensTests
{
    private readonly TokenForge _forge = new();

    /// <summary>Headers; KID is replaced with the key id.</summary>
    public static TheoryData<string> Headers =>
        [
            // alg: RFC 8725 §3.1, §3.2
            """{"alg":"none","kid":"KID","typ":"at+jwt"}""",
            """{"alg":"nOnE","kid":"KID","typ":"at+jwt"}""",
            """{"alg":"","kid":"KID","typ":"at+jwt"}""",
            """{"alg":null,"kid":"KID","typ":"at+jwt"}""",
            """{"alg":["ES256"],"kid":"KID","typ":"at+jwt"}""",
            """{"alg":"es256","kid":"KID","typ":"at+jwt"}""",
            """{"alg":"ES256 ","kid":"KID","typ":"at+jwt"}""",
            """{"kid":"KID","typ":"at+jwt"}""",
            // kid: RFC 8725 §3.10
            """{"alg":"ES256","typ":"at+jwt"}""",
            """{"alg":"ES256","kid":null,"typ":"at+jwt"}""",
            """{"alg":"ES256","kid":"","typ":"at+jwt"}""",
            """{"alg":"ES256","kid":["KID"],"typ":"at+jwt"}""",
            """{"alg":"ES256","kid":"unknown","typ":"at+jwt"}""",
            """{"alg":"ES256","kid":"KID ","typ":"at+jwt"}""",
            """{"alg":"ES256","kid":"KID\u0000","typ":"at+jwt"}""",
            """{"alg":"ES256","kid":"../../../dev/null","typ":"at+jwt"}""",
            """{"alg":"ES256","kid":"x' UNION SELECT 'key' --","typ":"at+jwt"}""",
            // typ: RFC 9068 §4; ours is written in one way only
            """{"alg":"ES256","kid":"KID"}""",
            """{"alg":"ES256","kid":"KID","typ":"JWT"}""",
            """{"alg":"ES256","kid":"KID","typ":"AT+JWT"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt "}""",
            """{"alg":"ES256","kid":"KID","typ":"application/at+jwt"}""",
            """{"alg":"ES256","kid":"KID","typ":["at+jwt"]}""",
            """{"alg":"ES256","kid":"KID","typ":null}""",
            // members that would have to be understood or could contain a key: RFC 7515 §4.1
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","crit":[]}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","crit":["exp"],"exp":9999999999}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","crit":["b64"],"b64":false}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","b64":false}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","jku":"https://evil.example/jwks.json"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","x5u":"https://evil.example/key.pem"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","jwk":{"kty":"EC","crv":"P-256","x":"","y":""}}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","x5c":["MIIB"]}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","x5t#S256":"AAAA"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","cty":"JWT"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","zip":"DEF"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","iss":"https://auth.example"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","":""}""",
            // duplicate names: RFC 7515 §4
            """{"alg":"ES256","alg":"ES256","kid":"KID","typ":"at+jwt"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","alg":"none"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","kid":"KID"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","ALG":"none"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","\u0061lg":"none"}""",
            """{"\u0061lg":"ES256","kid":"KID","typ":"at+jwt"}""",
            """{"Alg":"ES256","kid":"KID","typ":"at+jwt"}""",
            // not JSON, or more than one value
            """{"alg":"ES256","kid":"KID","typ":"at+jwt"}{}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt"} """,
            """{"alg":"ES256","kid":"KID","typ":"at+jwt"}""" + "\0",
            """ {"alg":"ES256","kid":"KID","typ":"at+jwt"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt",}""",
            """{"alg":"ES256",/**/"kid":"KID","typ":"at+jwt"}""",
            """{'alg':'ES256','kid':'KID','typ':'at+jwt'}""",
            """[{"alg":"ES256","kid":"KID","typ":"at+jwt"}]""",
            "\ufeff" + """{"alg":"ES256","kid":"KID","typ":"at+jwt"}""",
            """{"alg":"ES256","kid":"KID","typ":"at+jwt","x":""" + new string('[', 2000) + new string(']', 2000) + "}",
            "{}",
            "null",
            "{",
        ];

    /// <summary>Payloads; CLAIMS is replaced with the valid claims without braces.</summary>
    public static TheoryData<string> Payloads =>
        [
            // more than one object, or none: RFC 8725 §3.7
            """{CLAIMS}{}""",
            """{CLAIMS}x""",
            """{CLAIMS} """,
            """{CLAIMS}""" + "\n",
            """{CLAIMS}""" + "\0",
            """ {CLAIMS}""",
            "\ufeff{CLAIMS}",
            """{CLAIMS,}""",
            """{/**/CLAIMS}""",
            """[{CLAIMS}]""",
            """{CLAIMS""",
            "{}",
            "[]",
            "null",
            "\"\"",
            "",
            // duplicate names: RFC 7519 §4
            """{CLAIMS,"sub":"018f0000-0000-7000-8000-000000000001"}""",
            """{"sub":"018f0000-0000-7000-8000-000000000001",CLAIMS}""",
            """{CLAIMS,"roles":["admin"]}""",
            """{CLAIMS,"exp":9999999999}""",
            """{CLAIMS,"ROLES":["admin"]}""",
            """{CLAIMS,"role\u0073":["admin"]}""",
            """{CLAIMS,"x":1,"x":1}""",
            """{CLAIMS,"x":1,"\u0078":1}""",
            """{CLAIMS,"ſub":1}""",
            """{CLAIMS,"K":1,"k":1}""",
            """{CLAIMS,"x":{"a":1,"a":2}}""",
            // what we never issue
            """{CLAIMS,"cnf":{"jkt":"x"}}""",
            """{CLAIMS,"x":[[]]}""",
            """{CLAIMS,"x":[{}]}""",
            """{CLAIMS,"x":""" + new string('[', 500) + new string(']', 500) + "}",
            """{CLAIMS,""" + string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"x{i}\":0")) + "}",
        ];

    /// <summary>A claim and its replacement in JSON; null removes it.</summary>
    public static TheoryData<string, string?> Claims
    {
        get
        {
            var data = new TheoryData<string, string?>();
            string[] names =
            [
                "iss",
                "aud",
                "sub",
                "sid",
                "jti",
                "iat",
                "nbf",
                "exp",
                "auth_time",
                "amr",
                "ver",
                "roles",
                "permissions",
            ];
            string?[] wrongEverywhere =
            [
                null,
                "null",
                "true",
                "{}",
                "\"\"",
                "-1",
                "0",
                "1.5",
                "[1]",
                "[null]",
                "[\"\"]",
            ];
            foreach (var name in names)
            {
                foreach (var json in wrongEverywhere)
                {
                    data.Add(name, json);
                }
            }

            foreach (var name in (string[])["iat", "nbf", "exp", "auth_time"])
            {
                var now = TokenForge.Now + 30;
                data.Add(name, $"\"{now}\"");
                data.Add(name, $"{now}.0");
                data.Add(name, $"{now}e0");
                data.Add(name, $"{now / 10}1E1");
                data.Add(name, $"-{now}");
                data.Add(name, $"+{now}");
                data.Add(name, $"0{now}");
                data.Add(name, "1e10");
                data.Add(name, $"{now}000"); // milliseconds
                data.Add(name, "253402300799");
                data.Add(name, "253402300800");
                data.Add(name, "9223372036854775807");
                data.Add(name, "9223372036854775808");
                data.Add(name, "18446744073709551617");
                data.Add(name, $"[{now}]");
            }

            foreach (var (name, own) in ((string, string)[])[("iss", TokenWorld.Issuer), ("aud", TokenWorld.Audience)])
            {
                data.Add(name, $"[\"{own}\"]");
                data.Add(name, $"[\"{own}\",\"other\"]");
                data.Add(name, $"\"{own}/\"");
                data.Add(name, $"\"{own} \"");
                data.Add(name, $"\"{own[..^1]}\"");
                data.Add(name, $"\"{own.ToUpperInvariant()}\"");
                data.Add(name, $"\"{own.Replace("/", "\\/", StringComparison.Ordinal)}\"");
                data.Add(name, "\"other\"");
            }

            foreach (var name in (string[])["sub", "sid"])
            {
                data.Add(name, "\"018F6A2E-0000-7000-8000-00000000000A\"");
                data.Add(name, "\"018f6a2e00007000800000000000000a\"");
                data.Add(name, "\"{018f6a2e-0000-7000-8000-00000000000a}\"");
                data.Add(name, "\"018f6a2e-0000-7000-8000-00000000000a \"");
                data.Add(name, "\"018f6a2e-0000-7000-8000-00000000000\\u0061\"");
                data.Add(name, "\"00000000-0000-0000-0000-000000000000\"");
                data.Add(name, "\"admin\"");
                data.Add(name, "[\"018f6a2e-0000-7000-8000-00000000000a\"]");
            }

            foreach (var json in (string[])["\"1\"", "9007199254740992", "18446744073709551617", "1.0", "1e0"])
            {
                data.Add("ver", json);
            }

            foreach (var name in (string[])["roles", "permissions", "amr"])
            {
                data.Add(name, "\"admin\"");
                data.Add(name, "[\"admin\",1]");
                data.Add(name, "[\"admin\",null]");
                data.Add(name, "[[\"admin\"]]");
                data.Add(name, "[{\"admin\":1}]");
                data.Add(name, "{\"admin\":true}");
                data.Add(name, "[\"\\u0061dmin\"]");
                data.Add(name, "[\"\\ud800\"]");
                data.Add(name, "[\"admin\"");
            }

            data.Add("jti", "\"" + new string('a', 65) + "\"");
            data.Add("jti", "\"a\\u0061\"");
            return data;
        }
    }

    /// <summary>Encodings; H, P and S are replaced with the parts of a valid token.</summary>
    public static TheoryData<string> Spellings =>
        [
            "",
            ".",
            "H",
            "H.P",
            "H.P.",
            "H..S",
            ".P.S",
            "H.P.S.",
            "H.P.S.S",
            "H.P.P.P.S", // a JWE has five parts
            "P.H.S",
            "Bearer H.P.S",
            " H.P.S",
            "H.P.S ",
            "H.P.S\n",
            "H.P.S\0",
            "H. P.S",
            "H.P.\tS",
            "H.P.S=",
            "H.P.S%3D%3D",
            "H.P=.S",
            "H,P,S",
            "H\uff0eP\uff0eS",
            """{"protected":"H","payload":"P","signature":"S"}""",
            """{"payload":"P","signatures":[{"protected":"H","signature":"S"}]}""",
            "\ufeffH.P.S",
        ];

    [Fact]
    public void The_unmodified_token_is_valid()
    {
        Fault(_forge.Valid).ShouldBe(AccessTokenFault.None);
        Fault(_forge.SignPayload(_forge.Payload)).ShouldBe(AccessTokenFault.None);
        Fault(_forge.Sign(Header("""{"alg":"ES256","kid":"KID","typ":"at+jwt"}"""), _forge.Payload))
            .ShouldBe(AccessTokenFault.None);
        Fault(_forge.SignPayload(Payload("{CLAIMS}"))).ShouldBe(AccessTokenFault.None);
        Fault(Spell("H.P.S")).ShouldBe(AccessTokenFault.None);
        Fault(WithSignature(signature => signature)).ShouldBe(AccessTokenFault.None);
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void Any_other_header_is_rejected_whatever_the_signature(string header)
    {
        var (encoded, payload) = (TokenForge.Encode(Header(header)), TokenForge.Encode(_forge.Payload));

        Fault(_forge.SignEncoded(encoded, payload)).ShouldBe(AccessTokenFault.UnknownKey);
        Fault($"{encoded}.{payload}.").ShouldBe(AccessTokenFault.UnknownKey);
        Fault($"{encoded}.{payload}.{Spell("S")}").ShouldBe(AccessTokenFault.UnknownKey);
    }

    [Fact]
    public void A_kid_of_100_kB_is_rejected() =>
        _forge
            .Read(_forge.Sign(Header("""{"alg":"ES256","kid":"KID""" + new string('a', 100_000) + "\"}"), "{}"))
            .Fault.ShouldBe(AccessTokenFault.Malformed);

    [Theory]
    [MemberData(nameof(Payloads))]
    public void A_payload_that_is_not_a_plain_JSON_object_is_rejected(string payload) =>
        Fault(_forge.SignPayload(Payload(payload))).ShouldBe(AccessTokenFault.InvalidClaims);

    [Theory]
    [MemberData(nameof(Claims))]
    public void A_missing_mistyped_or_unknown_claim_is_rejected(string name, string? json) =>
        Fault(_forge.SignPayload(_forge.PayloadWith(name, json))).ShouldBe(AccessTokenFault.InvalidClaims);

    [Fact]
    public void Invalid_UTF_8_is_rejected_in_every_property()
    {
        foreach (var (name, json) in ((string, string)[])[("x", "\"?\""), ("?", "1"), ("roles", "[\"?\"]")])
        {
            var payload = Encoding.UTF8.GetBytes(_forge.PayloadWith(name, json));
            byte[][] wrong =
            [
                [0xff],
                [0xc0, 0xaf],
                [0xed, 0xa0, 0x80],
                [0xf4, 0x90, 0x80, 0x80],
                [0xc3],
            ];
            foreach (var bytes in wrong)
            {
                var at = payload.AsSpan().LastIndexOf((byte)'?');
                byte[] forged = [.. payload.AsSpan(0, at), .. bytes, .. payload.AsSpan(at + 1)];
                var token = _forge.SignEncoded(Spell("H"), Base64Url.EncodeToString(forged));
                Fault(token).ShouldBe(AccessTokenFault.InvalidClaims);
            }
        }
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Other_encodings_are_rejected(string encoding)
    {
        var payload = Encoding.GetEncoding(encoding).GetBytes(_forge.Payload);

        Fault(_forge.SignEncoded(Spell("H"), Base64Url.EncodeToString(payload)))
            .ShouldBe(AccessTokenFault.InvalidClaims);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Another_encoding_of_a_valid_token_is_rejected(string spelling) =>
        Fault(Spell(spelling)).ShouldNotBeOneOf(AccessTokenFault.None, AccessTokenFault.Expired);

    [Fact]
    public void Null_is_rejected() => Fault(null!).ShouldBe(AccessTokenFault.Malformed);

    [Theory]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData(".")]
    [InlineData("A")]
    public void A_signed_payload_that_is_not_plain_base64url_is_rejected(string suffix)
    {
        var payload = TokenForge.Encode(AlignedPayload(0));
        Fault(_forge.SignEncoded(Spell("H"), payload)).ShouldBe(AccessTokenFault.None);

        Fault(_forge.SignEncoded(Spell("H"), payload + suffix)).ShouldBe(AccessTokenFault.Malformed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_signed_payload_with_unused_bits_is_rejected(int remainder)
    {
        var payload = TokenForge.Encode(AlignedPayload(remainder));
        Fault(_forge.SignEncoded(Spell("H"), payload)).ShouldBe(AccessTokenFault.None);

        var other = payload[..^1] + (char)(payload[^1] + 1);
        Fault(_forge.SignEncoded(Spell("H"), other)).ShouldBe(AccessTokenFault.Malformed);
    }

    [Fact]
    public void A_payload_in_the_other_base64_alphabet_is_rejected()
    {
        // "?>" at the right alignment is encoded with the two characters in which the alphabets differ.
        var payload = TokenForge.Encode(_forge.PayloadWith("x", "\">>>???>>>???\""));
        Fault(_forge.SignEncoded(Spell("H"), payload)).ShouldBe(AccessTokenFault.None);

        var other = payload.Replace('-', '+').Replace('_', '/');
        other.ShouldNotBe(payload);
        Fault(_forge.SignEncoded(Spell("H"), other)).ShouldBe(AccessTokenFault.Malformed);
    }

    [Fact]
    public void Malformed_or_altered_signatures_are_rejected()
    {
        byte[] order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        var one = new byte[32];
        one[31] = 1;
        var forgeries = new Dictionary<string, Func<byte[], byte[]>>(StringComparer.Ordinal)
        {
            ["empty"] = _ => [],
            ["zero"] = _ => new byte[64],
            ["r = 0"] = signature => [.. new byte[32], .. signature[32..]],
            ["s = 0"] = signature => [.. signature[..32], .. new byte[32]],
            ["r = n"] = signature => [.. order, .. signature[32..]],
            ["s = n"] = signature => [.. signature[..32], .. order],
            ["r = n, s = n"] = _ => [.. order, .. order],
            ["r = 1, s = 1"] = _ => [.. one, .. one],
            ["all ones"] = _ => [.. Enumerable.Repeat((byte)0xff, 64)],
            ["s, r"] = signature => [.. signature[32..], .. signature[..32]],
            ["63 bytes"] = signature => signature[..63],
            ["65 bytes"] = signature => [.. signature, 0],
            ["a zero in front"] = signature => [0, .. signature],
            ["r and s of 48 bytes"] = signature =>
                [.. new byte[16], .. signature[..32], .. new byte[16], .. signature[32..]],
            ["twice"] = signature => [.. signature, .. signature],
            ["DER"] = signature =>
            {
                using var ecdsa = ECDsa.Create();
                ecdsa.ImportPkcs8PrivateKey(PrivateKeyOf(_forge), out _);
                return ecdsa.SignData(
                    Encoding.ASCII.GetBytes(Spell("H.P")),
                    HashAlgorithmName.SHA256,
                    DSASignatureFormat.Rfc3279DerSequence
                );
            },
        };

        foreach (var (name, forge) in forgeries)
        {
            Fault(WithSignature(forge)).ShouldBe(AccessTokenFault.InvalidSignature, name);
        }
    }

    [Fact]
    public void The_signature_of_another_key_or_token_is_rejected()
    {
        var foreign = new TokenForge();
        Fault($"{Spell("H.P")}.{foreign.SignPayload(_forge.Payload).Split('.')[2]}")
            .ShouldBe(AccessTokenFault.InvalidSignature);
        Fault($"{Spell("H.P")}.{_forge.World.Issue().Value.Split('.')[2]}").ShouldBe(AccessTokenFault.InvalidSignature);
        Fault(foreign.Valid).ShouldBe(AccessTokenFault.UnknownKey);
    }

    [Fact]
    public void An_HMAC_with_the_public_key_is_rejected()
    {
        foreach (var algorithm in (string[])[SigningAlgorithms.ES256, SigningAlgorithms.RS256, SigningAlgorithms.PS256])
        {
            var forge = new TokenForge(algorithm);
            forge.Read(forge.Valid).Fault.ShouldBe(AccessTokenFault.None);
            var publicKey = forge.World.SigningKey!.PublicKey;
            var pem = PemEncoding.WriteString("PUBLIC KEY", publicKey);
            byte[][] secrets =
            [
                publicKey,
                Encoding.ASCII.GetBytes(pem),
                Encoding.ASCII.GetBytes(pem + "\n"),
                [],
                new byte[32],
            ];
            string[] headers = [forge.Header, forge.Header.Replace(algorithm, "HS256", StringComparison.Ordinal)];
            foreach (var header in headers)
            {
                foreach (var secret in secrets)
                {
                    var input = $"{TokenForge.Encode(header)}.{TokenForge.Encode(forge.Payload)}";
                    var mac = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input));
                    forge
                        .Read($"{input}.{Base64Url.EncodeToString(mac)}")
                        .Fault.ShouldBeOneOf(AccessTokenFault.UnknownKey, AccessTokenFault.InvalidSignature);
                }
            }
        }
    }

    [Fact]
    public void A_key_serves_only_its_own_algorithm()
    {
        foreach (var own in SigningAlgorithms.All)
        {
            var forge = new TokenForge(own);
            forge.Read(forge.SignPayload(forge.Payload)).Fault.ShouldBe(AccessTokenFault.None);
            foreach (var other in (string[])[.. SigningAlgorithms.All, "RS512", "PS512", "ES512", "HS512", "none"])
            {
                var header = forge.Header.Replace(own, other, StringComparison.Ordinal);
                var expected = other == own ? AccessTokenFault.None : AccessTokenFault.UnknownKey;
                forge.Read(forge.Sign(header, forge.Payload)).Fault.ShouldBe(expected, $"{own} as {other}");
            }
        }
    }

    [Fact]
    public void The_padding_of_an_RSA_signature_must_match_the_key()
    {
        foreach (var own in (string[])[SigningAlgorithms.RS256, SigningAlgorithms.PS256])
        {
            var forge = new TokenForge(own);
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(PrivateKeyOf(forge), out _);

            foreach (var padding in (RSASignaturePadding[])[RSASignaturePadding.Pkcs1, RSASignaturePadding.Pss])
            {
                var isOwn = (padding == RSASignaturePadding.Pss) == (own == SigningAlgorithms.PS256);
                foreach (var hash in (HashAlgorithmName[])[HashAlgorithmName.SHA256, HashAlgorithmName.SHA512])
                {
                    var input = $"{TokenForge.Encode(forge.Header)}.{TokenForge.Encode(forge.Payload)}";
                    var signature = rsa.SignData(Encoding.ASCII.GetBytes(input), hash, padding);
                    var expected =
                        isOwn && hash == HashAlgorithmName.SHA256
                            ? AccessTokenFault.None
                            : AccessTokenFault.InvalidSignature;
                    forge.Read($"{input}.{Base64Url.EncodeToString(signature)}").Fault.ShouldBe(expected);
                }
            }
        }
    }

    [Theory]
    [InlineData(SigningAlgorithms.ES256)]
    [InlineData(SigningAlgorithms.HS256)]
    public void No_single_changed_bit_or_shifted_character_is_accepted(string algorithm)
    {
        var forge = new TokenForge(algorithm);
        var token = forge.Valid;
        forge.Read(token).Fault.ShouldBe(AccessTokenFault.None);

        for (var i = 0; i < token.Length; i++)
        {
            for (var bit = 0; bit < 16; bit++)
            {
                forge.Read(Replace(token, i, (char)(token[i] ^ (1 << bit)))).Token.ShouldBeNull($"bit {bit} at {i}");
            }

            forge.Read(token.Remove(i, 1)).Token.ShouldBeNull($"removed at {i}");
            forge.Read(token.Insert(i, token[i].ToString())).Token.ShouldBeNull($"doubled at {i}");
        }
    }

    [Fact]
    public void Reading_never_throws() =>
        Prop.ForAll<string>(text =>
                _forge.Read(text).Token is null
                && _forge.Read($"{Spell("H")}.{text}.{Spell("S")}").Token is null
                && _forge.Read(_forge.SignPayload(text ?? "")).Token is null
            )
            .QuickCheckThrowOnFailure();

    private AccessTokenFault Fault(string token) => _forge.Read(token).Fault;

    private string Header(string template) => template.Replace("KID", _forge.World.Key.Id, StringComparison.Ordinal);

    private string Payload(string template) =>
        template.Replace("CLAIMS", _forge.Payload[1..^1], StringComparison.Ordinal);

    private string Spell(string template) => Spell(_forge, template);

    /// <summary>Replaces H, P and S with the parts of a valid token.</summary>
    internal static string Spell(TokenForge forge, string template)
    {
        var parts = forge.Valid.Split('.');
        return string.Concat(
            template.Select(
                (character, i) =>
                    // Single letters are the parts; words of the template are kept.
                    (i > 0 && char.IsAsciiLetter(template[i - 1]))
                    || (i + 1 < template.Length && char.IsAsciiLetter(template[i + 1]))
                        ? character.ToString()
                        : character switch
                        {
                            'H' => parts[0],
                            'P' => parts[1],
                            'S' => parts[2],
                            _ => character.ToString(),
                        }
            )
        );
    }

    private string WithSignature(Func<byte[], byte[]> forge) =>
        $"{Spell("H.P")}.{Base64Url.EncodeToString(forge(Base64Url.DecodeFromChars(Spell("S"))))}";

    private string AlignedPayload(int remainder)
    {
        var padding = "";
        while (Encoding.UTF8.GetByteCount(_forge.PayloadWith("x", $"\"{padding}\"")) % 3 != remainder)
        {
            padding += "a";
        }

        return _forge.PayloadWith("x", $"\"{padding}\"");
    }

    private static byte[] PrivateKeyOf(TokenForge forge) =>
        new SigningKeyEncryption(TokenWorld.MasterKeys).Decrypt(forge.World.SigningKey!);

    private static string Replace(string text, int index, char character) =>
        string.Concat(text.AsSpan(0, index), [character], text.AsSpan(index + 1));
}
