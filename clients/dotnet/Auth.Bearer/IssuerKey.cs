using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace Auth.Bearer;

/// <summary>A public key of the issuer, with the one algorithm it is for (RFC 8725 §3.1).</summary>
internal sealed class IssuerKey
{
    private const int MinRsaKeySize = 2048; // RFC 7518 §3.3

    // Objects of the framework are not documented to be thread-safe, so each is used by one thread at a time.
    private readonly ObjectPool<AsymmetricAlgorithm> _pool;
    private readonly int _signatureLength;

    private IssuerKey(string id, string algorithm, int signatureLength, Func<AsymmetricAlgorithm> create)
    {
        (Id, Algorithm, _signatureLength) = (id, algorithm, signatureLength);
        _pool = new DefaultObjectPoolProvider().Create(new PoolPolicy(create));
    }

    /// <summary>The algorithms that can be verified.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["ES256", "PS256", "RS256"];

    public string Id { get; }

    public string Algorithm { get; }

    /// <summary>Reads a key of a key set; null if it is not one that signs tokens, or is too weak.</summary>
    public static IssuerKey? From(JsonWebKeyData data)
    {
        if (data is not { Id.Length: > 0, Use: null or "sig" })
        {
            return null;
        }

        try
        {
            return data switch
            {
                { KeyType: "EC", Curve: "P-256", Algorithm: "ES256" } => FromPoint(data),
                { KeyType: "RSA", Algorithm: "PS256" or "RS256" } => FromModulus(data),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null; // not a point of the curve
        }
    }

    public bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != _signatureLength)
        {
            return false;
        }

        var key = _pool.Get();
        var verifies = key is ECDsa ecdsa
            ? ecdsa.VerifyData(
                text,
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
            : ((RSA)key).VerifyData(
                text,
                signature,
                HashAlgorithmName.SHA256,
                Algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1
            );
        _pool.Return(key);
        return verifies;
    }

    private static IssuerKey? FromPoint(JsonWebKeyData data)
    {
        if (Decode(data.X) is not { Length: 32 } x || Decode(data.Y) is not { Length: 32 } y)
        {
            return null;
        }

        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = x, Y = y },
        };
        using (ECDsa.Create(parameters)) { } // checks the point

        return new(data.Id!, "ES256", signatureLength: 64, () => ECDsa.Create(parameters));
    }

    private static IssuerKey? FromModulus(JsonWebKeyData data)
    {
        if (Decode(data.Modulus) is not { } modulus || Decode(data.Exponent) is not { } exponent)
        {
            return null;
        }

        var parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
        using var key = RSA.Create(parameters);
        return key.KeySize < MinRsaKeySize
            ? null
            : new(data.Id!, data.Algorithm!, key.KeySize / 8, () => RSA.Create(parameters));
    }

    private static byte[]? Decode(string? text) =>
        text is null ? null : CompactJws.TryDecode(Encoding.UTF8.GetBytes(text));

    private sealed class PoolPolicy(Func<AsymmetricAlgorithm> create) : PooledObjectPolicy<AsymmetricAlgorithm>
    {
        public override AsymmetricAlgorithm Create() => create();

        public override bool Return(AsymmetricAlgorithm obj) => true;
    }
}
