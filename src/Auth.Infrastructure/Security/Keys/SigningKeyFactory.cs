using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Auth.Application.Abstractions;
using Auth.Domain.Keys;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>Creates signing keys, ready to be stored.</summary>
internal sealed class SigningKeyFactory(SigningKeyEncryption encryption, JwtOptions options) : ISigningKeyFactory
{
    // The minimum of ASVS 5.0 V11.2.3: 128 bits of security.
    private const int RsaKeySize = 3072;

    private const int SecretIdLength = 16;

    /// <inheritdoc/>
    public bool UsesSharedSecret => options.Algorithm == SigningAlgorithms.HS256;

    /// <inheritdoc/>
    public bool IsAsConfigured(SigningKey key) =>
        key.Algorithm == options.Algorithm && (!UsesSharedSecret || key.Id == SecretId(key.Ordinal));

    /// <summary>
    /// Creates a key of the configured algorithm. The id of a key pair is its thumbprint (RFC 7638), that of a shared secret a
    /// one-way function of it.
    /// </summary>
    public SigningKey Create(int ordinal, DateTimeOffset now, DateTimeOffset activatesAt)
    {
        if (UsesSharedSecret)
        {
            return Create(SecretId(ordinal), ordinal, [], Encoding.UTF8.GetBytes(options.Secret), now, activatesAt);
        }

        using AsymmetricAlgorithm pair = options.Algorithm switch
        {
            SigningAlgorithms.ES256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            SigningAlgorithms.PS256 or SigningAlgorithms.RS256 => RSA.Create(RsaKeySize),
            _ => throw new InvalidOperationException($"Unknown signing algorithm {options.Algorithm}."),
        };
        var id = pair is ECDsa ecdsa
            ? JwkThumbprint.Compute(ecdsa.ExportParameters(includePrivateParameters: false))
            : JwkThumbprint.Compute(((RSA)pair).ExportParameters(includePrivateParameters: false));
        var publicKey = pair.ExportSubjectPublicKeyInfo();
        return Create(id, ordinal, publicKey, pair.ExportPkcs8PrivateKey(), now, activatesAt);
    }

    private SigningKey Create(
        string id,
        int ordinal,
        byte[] publicKey,
        byte[] privateKey,
        DateTimeOffset now,
        DateTimeOffset activatesAt
    )
    {
        try
        {
            var encrypted = encryption.Encrypt(id, options.Algorithm, privateKey);
            return SigningKey.Create(id, ordinal, options.Algorithm, publicKey, encrypted, now, activatesAt);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    // Includes the ordinal, so that a secret that is configured again later gets a new id.
    private string SecretId(int ordinal)
    {
        var info = new byte["auth hs256 key id"u8.Length + sizeof(int)];
        "auth hs256 key id"u8.CopyTo(info);
        BinaryPrimitives.WriteInt32BigEndian(info.AsSpan(^sizeof(int)..), ordinal);
        var secret = Encoding.UTF8.GetBytes(options.Secret);
        return Base64Url.EncodeToString(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, SecretIdLength, salt: null, info)
        );
    }
}
