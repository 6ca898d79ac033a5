using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Tokens;
using Auth.UnitTests.Bearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Auth.UnitTests.Security.Tokens;

/// <summary>
/// Signatures that the private key has made, but not as the algorithm prescribes: the kinds of faults that Wycheproof's vectors
/// for JWS, ECDSA and RSA try. Neither the issuer nor a service with Auth.Bearer accepts one.
/// </summary>
public sealed class ForgedSignaturesTests(ForgedSignaturesTests.Forges forges)
    : IClassFixture<ForgedSignaturesTests.Forges>
{
    private const int Size = 384; // bytes of an RSA key of the service

    private static readonly BigInteger s_order = BigInteger.Parse(
        "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture
    );

    private static readonly Dictionary<string, Func<ECDsa, byte[], byte[]>> s_ofCurve = new(StringComparer.Ordinal)
    {
        ["empty"] = (_, _) => [],
        ["DER"] = (key, text) => key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        ["r = 0"] = (key, text) => [.. new byte[32], .. Sign(key, text)[32..]],
        ["s = 0"] = (key, text) => [.. Sign(key, text)[..32], .. new byte[32]],
        ["r = s = 0"] = (_, _) => new byte[64],
        ["r = s = 1"] = (_, _) => [.. ToBytes(1, 32), .. ToBytes(1, 32)],
        ["r = order"] = (key, text) => [.. ToBytes(s_order, 32), .. Sign(key, text)[32..]],
        ["s = order"] = (key, text) => [.. Sign(key, text)[..32], .. ToBytes(s_order, 32)],
        ["r = s = order"] = (_, _) => [.. ToBytes(s_order, 32), .. ToBytes(s_order, 32)],
        ["s = 2^256 - 1"] = (key, text) => [.. Sign(key, text)[..32], .. Enumerable.Repeat((byte)0xff, 32)],
        ["r and s exchanged"] = (key, text) => [.. Sign(key, text)[32..], .. Sign(key, text)[..32]],
        ["a byte more"] = (key, text) => [.. Sign(key, text), 0],
        ["a byte less"] = (key, text) => Sign(key, text)[..^1],
        ["a leading zero"] = (key, text) => [0, .. Sign(key, text)],
        ["33 bytes each"] = (key, text) => Sign(key, text) is var made ? [0, .. made[..32], 0, .. made[32..]] : [],
        ["SHA-1"] = (key, text) => key.SignData(text, HashAlgorithmName.SHA1),
        ["SHA-384"] = (key, text) => key.SignData(text, HashAlgorithmName.SHA384),
        ["of another key"] = (_, text) => Sign(ECDsa.Create(ECCurve.NamedCurves.nistP256), text),
    };

    private static readonly Dictionary<string, Func<RSA, byte[], byte[]>> s_ofPkcs1 = new(StringComparer.Ordinal)
    {
        ["empty"] = (_, _) => [],
        ["zero"] = (_, _) => new byte[Size],
        ["one"] = (_, _) => ToBytes(1, Size),
        ["modulus - 1"] = (key, _) => ToBytes(Modulus(key) - 1, Size),
        ["a leading zero"] = (key, text) => [0, .. Pad(key, text, DigestInfo(text))],
        ["a byte more"] = (key, text) => [.. Pad(key, text, DigestInfo(text)), 0],
        ["plus the modulus"] = (key, text) =>
            ToBytes(ToNumber(Pad(key, text, DigestInfo(text))) + Modulus(key), Size + 1),
        ["PSS"] = (key, text) => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        ["SHA-1"] = (key, text) => key.SignData(text, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1),
        ["SHA-512"] = (key, text) => key.SignData(text, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        ["the hash alone"] = (key, text) => Pad(key, text, SHA256.HashData(text)),
        ["the text of another hash"] = (key, text) =>
            Pad(key, text, [.. DigestInfo(text)[..14], 2, .. DigestInfo(text)[15..]]),
        ["no NULL"] = (key, text) =>
            Pad(key, text, [0x30, 0x2f, 0x30, 0x0b, .. DigestInfo(text)[4..15], 0x04, 0x20, .. SHA256.HashData(text)]),
        ["a long form of a length"] = (key, text) => Pad(key, text, [0x30, 0x81, .. DigestInfo(text)[1..]]),
        ["a byte after the hash"] = (key, text) => Pad(key, text, [.. DigestInfo(text), 0]),
        ["a byte after the hash, inside"] = (key, text) => Pad(key, text, [0x30, 0x32, .. DigestInfo(text)[2..], 0]),
        ["short padding, then anything"] = (key, text) =>
            Sign(key, [0, 1, .. Fill(8), 0, .. DigestInfo(text), .. new byte[Size - 11 - 51]]),
        ["no padding"] = (key, text) => Sign(key, [0, 1, 0, .. DigestInfo(text), .. new byte[Size - 3 - 51]]),
        ["another block type"] = (key, text) => Pad(key, text, DigestInfo(text), type: 2),
        ["a leading one"] = (key, text) => Pad(key, text, DigestInfo(text), first: 1),
        ["a hole in the padding"] = (key, text) => Pad(key, text, DigestInfo(text), hole: 0xfe),
        ["an early end of the padding"] = (key, text) => Pad(key, text, DigestInfo(text), hole: 0),
        ["no end of the padding"] = (key, text) => Pad(key, text, DigestInfo(text), end: 0xff),
        ["of another key"] = (_, text) =>
            RSA.Create(2048).SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
    };

    private static readonly Dictionary<string, Func<RSA, byte[], byte[]>> s_ofPss = new(StringComparer.Ordinal)
    {
        ["empty"] = (_, _) => [],
        ["PKCS #1 v1.5"] = (key, text) => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        ["no salt"] = (key, text) => SignPss(key, text, saltLength: 0),
        ["a short salt"] = (key, text) => SignPss(key, text, saltLength: 20),
        ["a long salt"] = (key, text) => SignPss(key, text, saltLength: 64),
        ["another trailer"] = (key, text) => SignPss(key, text, saltLength: 32, trailer: 0xcc),
        ["SHA-384"] = (key, text) => key.SignData(text, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
        ["a leading zero"] = (key, text) =>
            [0, .. key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)],
        ["of another key"] = (_, text) =>
            RSA.Create(2048).SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
    };

    public static TheoryData<string, string> Forgeries
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (
                var (algorithm, names) in (IEnumerable<(string, IEnumerable<string>)>)
                    [("ES256", s_ofCurve.Keys), ("RS256", s_ofPkcs1.Keys), ("PS256", s_ofPss.Keys)]
            )
            {
                foreach (var name in names)
                {
                    data.Add(algorithm, name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_signature_made_in_another_way_is_rejected(string algorithm, string name)
    {
        using var world = new World(algorithm, forges[algorithm]);

        (await world.IsAcceptedAsync(text => Forge(world, name, text))).ShouldBe((false, false, false));
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public async Task A_signature_made_as_prescribed_is_accepted(string algorithm)
    {
        using var world = new World(algorithm, forges[algorithm]);

        (await world.IsAcceptedAsync(world.SignAsPrescribed)).ShouldBe((true, true, true));
    }

    // RFC 7518 §3.4 demands no lower half: the signature is another one, and the token says the same.
    [Fact]
    public async Task The_other_of_two_equivalent_signatures_of_a_curve_is_accepted()
    {
        using var world = new World("ES256", forges["ES256"]);

        (
            await world.IsAcceptedAsync(text =>
                world.SignAsPrescribed(text) is var made
                    ? [.. made[..32], .. ToBytes(s_order - ToNumber(made[32..]), 32)]
                    : []
            )
        ).ShouldBe((true, true, true));
    }

    private static byte[] Forge(World world, string name, byte[] text) =>
        world.Key switch
        {
            ECDsa key => s_ofCurve[name](key, text),
            RSA key => (world.Algorithm == "RS256" ? s_ofPkcs1 : s_ofPss)[name](key, text),
            _ => throw new InvalidOperationException("Unknown kind of key."),
        };

    private static byte[] Sign(ECDsa key, byte[] text) => key.SignData(text, HashAlgorithmName.SHA256);

    // EMSA-PKCS1-v1_5 (RFC 8017 §9.2) with one part replaced.
    private static byte[] Pad(
        RSA key,
        byte[] text,
        byte[] content,
        byte first = 0,
        byte type = 1,
        byte? hole = null,
        byte end = 0
    )
    {
        text.ShouldNotBeEmpty();
        byte[] padded = [first, type, .. Fill(Size - 3 - content.Length), end, .. content];
        padded[100] = hole ?? padded[100];
        return Sign(key, padded);
    }

    // EMSA-PSS (RFC 8017 §9.1) with a salt that need not be as long as the hash (RFC 7518 §3.5).
    private static byte[] SignPss(RSA key, byte[] text, int saltLength, byte trailer = 0xbc)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(saltLength);
        byte[] hash = SHA256.HashData([.. new byte[8], .. SHA256.HashData(text), .. salt]);
        byte[] block = [.. new byte[Size - 32 - 2 - saltLength], 1, .. salt];
        for (var i = 0; i < block.Length; i++)
        {
            block[i] ^= SHA256.HashData([.. hash, 0, 0, 0, (byte)(i / 32)])[i % 32]; // MGF1
        }

        block[0] &= 0x7f;
        return Sign(key, [.. block, .. hash, trailer]);
    }

    private static byte[] Fill(int count) => [.. Enumerable.Repeat((byte)0xff, count)];

    private static byte[] DigestInfo(byte[] text) =>
        [.. Convert.FromHexString("3031300d060960864801650304020105000420"), .. SHA256.HashData(text)];

    private static byte[] Sign(RSA key, byte[] padded)
    {
        var parameters = key.ExportParameters(includePrivateParameters: true);
        return ToBytes(BigInteger.ModPow(ToNumber(padded), ToNumber(parameters.D!), Modulus(key)), Size);
    }

    private static BigInteger Modulus(RSA key) => ToNumber(key.ExportParameters(false).Modulus!);

    private static BigInteger ToNumber(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] ToBytes(BigInteger number, int length)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }

    /// <summary>The forge of each algorithm, because RSA keys take long to make.</summary>
    public sealed class Forges
    {
        private readonly Dictionary<string, TokenForge> _forges = new(StringComparer.Ordinal)
        {
            ["ES256"] = new("ES256"),
            ["RS256"] = new("RS256"),
            ["PS256"] = new("PS256"),
        };

        internal TokenForge this[string algorithm] => _forges[algorithm];
    }

    /// <summary>The issuer, a service, and a service with the framework's handler, which all know one key.</summary>
    private sealed class World : IDisposable
    {
        private readonly TokenForge _forge;
        private readonly IssuerStub _issuer;

        public World(string algorithm, TokenForge forge)
        {
            Algorithm = algorithm;
            _forge = forge;
            _issuer = new(_forge);
            _issuer.Options.Algorithms.Add(algorithm);
            var privateKey = new SigningKeyEncryption(TokenWorld.MasterKeys).Decrypt(_forge.World.SigningKey);
            Key = algorithm == "ES256" ? ECDsa.Create() : RSA.Create();
            Key.ImportPkcs8PrivateKey(privateKey, out _);
        }

        public string Algorithm { get; }

        public AsymmetricAlgorithm Key { get; }

        public byte[] SignAsPrescribed(byte[] text) =>
            Key switch
            {
                ECDsa key => Sign(key, text),
                RSA key when Algorithm == "RS256" => Pad(key, text, DigestInfo(text)),
                RSA key => SignPss(key, text, saltLength: 32),
                _ => throw new InvalidOperationException("Unknown kind of key."),
            };

        /// <summary>Whether each of the three accepts a token with a signature.</summary>
        public async Task<(bool Issuer, bool Service, bool Framework)> IsAcceptedAsync(Func<byte[], byte[]> sign)
        {
            var text = $"{TokenForge.Encode(_forge.Header)}.{TokenForge.Encode(_forge.Payload)}";
            var token = $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
            return (
                _forge.Read(token).Fault == AccessTokenFault.None,
                await _issuer.ReadAsync(token) is null,
                await IsAcceptedByFrameworkAsync(token)
            );
        }

        public void Dispose()
        {
            Key.Dispose();
            _issuer.Client.Dispose();
        }

        private async Task<bool> IsAcceptedByFrameworkAsync(string token)
        {
            SecurityKey key = Key is ECDsa ecdsa ? new ECDsaSecurityKey(ecdsa) : new RsaSecurityKey((RSA)Key);
            key.KeyId = _forge.World.Key.Id;
            key.CryptoProviderFactory = new() { CacheSignatureProviders = false };
            var result = await new JsonWebTokenHandler().ValidateTokenAsync(
                token,
                new()
                {
                    IssuerSigningKey = key,
                    ValidIssuer = TokenWorld.Issuer,
                    ValidAudience = TokenWorld.Audience,
                    ValidAlgorithms = [Algorithm],
                    ValidTypes = ["at+jwt"],
                    LifetimeValidator = (_, _, _, _) => true,
                }
            );
            return result.IsValid;
        }
    }
}
