using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Auth.Application.Abstractions;
using Auth.Domain.Keys;
using Microsoft.Extensions.ObjectPool;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>A key that signs and verifies access tokens, with the one algorithm it is for (RFC 8725 §3.1).</summary>
internal sealed class TokenKey
{
    private const int MinRsaKeySize = 2048; // RFC 7518 §3.3
    private const int MinSecretLength = 32; // RFC 7518 §3.2: as long as the hash

    private static readonly CryptoProviderFactory s_factory = new() { CacheSignatureProviders = false };

    // The library's providers can be shared, but would share one ECDsa or RSA object, which is not documented to be
    // thread-safe. So each provider is used by one thread at a time and has a key object of its own.
    private readonly ObjectPool<SignatureProvider> _signers;
    private readonly ObjectPool<SignatureProvider> _verifiers;

    private TokenKey(
        string id,
        string algorithm,
        int signatureLength,
        PublishedKey? published,
        Func<SignatureProvider> createSigner,
        Func<SignatureProvider> createVerifier
    )
    {
        Id = id;
        Algorithm = algorithm;
        SignatureLength = signatureLength;
        Published = published;
        EncodedHeader = EncodeHeader(id, algorithm, "at+jwt"); // RFC 9068 §2.1
        EncodedRevocationsHeader = EncodeHeader(id, algorithm, "revocations+jwt");
        _signers = CreatePool(createSigner);
        _verifiers = CreatePool(createVerifier);
    }

    public string Id { get; }

    public string Algorithm { get; }

    /// <summary>The length of signatures, in bytes.</summary>
    public int SignatureLength { get; }

    /// <summary>The first part of every token that the key signs: their headers are identical.</summary>
    public string EncodedHeader { get; }

    /// <summary>The first part of the signed lists of revocations: never that of a token.</summary>
    public string EncodedRevocationsHeader { get; }

    /// <summary>The public key; null for a shared secret.</summary>
    public PublishedKey? Published { get; }

    /// <summary>Creates a key from a key pair.</summary>
    /// <exception cref="CryptographicException">The parts do not match each other or the algorithm.</exception>
    public static TokenKey FromKeyPair(string id, string algorithm, byte[] privateKey, byte[] publicKey)
    {
        var (signatureLength, derivedPublicKey, published) = Inspect(id, algorithm, privateKey);
        if (!derivedPublicKey.AsSpan().SequenceEqual(publicKey))
        {
            throw new CryptographicException($"The public key of signing key {id} does not match its private key.");
        }

        return new(
            id,
            algorithm,
            signatureLength,
            published,
            () =>
                s_factory.CreateForSigning(
                    CreateKey(id, algorithm, pair => pair.ImportPkcs8PrivateKey(privateKey, out _)),
                    algorithm,
                    cacheProvider: false
                ),
            () =>
                s_factory.CreateForVerifying(
                    CreateKey(id, algorithm, pair => pair.ImportSubjectPublicKeyInfo(publicKey, out _)),
                    algorithm,
                    cacheProvider: false
                )
        );
    }

    /// <summary>Creates a key from a shared secret for HS256.</summary>
    /// <exception cref="CryptographicException">The secret has fewer than 32 bytes.</exception>
    public static TokenKey FromSecret(string id, byte[] secret)
    {
        if (secret.Length < MinSecretLength)
        {
            throw new CryptographicException($"The secret of signing key {id} has fewer than 32 bytes.");
        }

        return new(
            id,
            SigningAlgorithms.HS256,
            HMACSHA256.HashSizeInBytes,
            published: null,
            () => s_factory.CreateForSigning(CreateSecret(), SigningAlgorithms.HS256, cacheProvider: false),
            () => s_factory.CreateForVerifying(CreateSecret(), SigningAlgorithms.HS256, cacheProvider: false)
        );

        SymmetricSecurityKey CreateSecret() => new(secret) { KeyId = id };
    }

    /// <summary>Signs bytes into a buffer of <see cref="SignatureLength"/>.</summary>
    public void Sign(ReadOnlySpan<byte> input, Span<byte> signature)
    {
        var signer = _signers.Get();
        if (!signer.Sign(input, signature, out var written) || written != SignatureLength)
        {
            throw new CryptographicException($"Signing key {Id} produced a signature of the wrong length.");
        }

        _signers.Return(signer);
    }

    /// <summary>Verifies a signature of the beginning of a buffer.</summary>
    /// <remarks>The signature needs an array of its own: the library ignores its offset.</remarks>
    public bool Verifies(byte[] buffer, int inputLength, byte[] signature)
    {
        if (signature.Length != SignatureLength) // RFC 7518 §3.4
        {
            return false;
        }

        var verifier = _verifiers.Get();
        var verifies = verifier.Verify(buffer, 0, inputLength, signature, 0, signature.Length);
        _verifiers.Return(verifier);
        return verifies;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(TokenKey)} {Id}";

    private static (int SignatureLength, byte[] PublicKey, PublishedKey Published) Inspect(
        string id,
        string algorithm,
        byte[] privateKey
    )
    {
        using var pair = CreatePair(id, algorithm);
        pair.ImportPkcs8PrivateKey(privateKey, out _);
        var fits = pair is ECDsa ecdsa ? IsP256(ecdsa) : pair.KeySize >= MinRsaKeySize;
        return fits
            ? (
                pair is ECDsa ? 64 : pair.KeySize / 8,
                pair.ExportSubjectPublicKeyInfo(),
                PublishedKeys.Publish(id, algorithm, pair)
            )
            : throw new CryptographicException($"Signing key {id} is too short or on the wrong curve for {algorithm}.");
    }

    private static bool IsP256(ECDsa key)
    {
        var curve = key.ExportParameters(includePrivateParameters: false).Curve;
        return curve.IsNamed && curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
    }

    private static AsymmetricAlgorithm CreatePair(string id, string algorithm) =>
        algorithm switch
        {
            SigningAlgorithms.ES256 => ECDsa.Create(),
            SigningAlgorithms.PS256 or SigningAlgorithms.RS256 => RSA.Create(),
            _ => throw new CryptographicException($"Signing key {id} is for an unknown algorithm."),
        };

    private static AsymmetricSecurityKey CreateKey(string id, string algorithm, Action<AsymmetricAlgorithm> import)
    {
        var pair = CreatePair(id, algorithm);
        import(pair);
        return pair is ECDsa ecdsa
            ? new ECDsaSecurityKey(ecdsa) { KeyId = id }
            : new RsaSecurityKey((RSA)pair) { KeyId = id };
    }

    private static string EncodeHeader(string id, string algorithm, string type)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("alg"u8, algorithm);
            writer.WriteString("kid"u8, id);
            writer.WriteString("typ"u8, type);
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(json.ToArray());
    }

    private static ObjectPool<SignatureProvider> CreatePool(Func<SignatureProvider> create) =>
        new DefaultObjectPoolProvider().Create(new ProviderPolicy(create));

    private sealed class ProviderPolicy(Func<SignatureProvider> create) : PooledObjectPolicy<SignatureProvider>
    {
        public override SignatureProvider Create() => create();

        public override bool Return(SignatureProvider obj) => true;
    }
}
