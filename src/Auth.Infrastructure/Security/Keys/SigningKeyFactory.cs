using System.Security.Cryptography;
using Auth.Domain.Keys;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>Makes signing keys, ready to be stored.</summary>
internal sealed class SigningKeyFactory(MasterKeys masterKeys)
{
    // The floor of ASVS 5.0 V11.2.3: 128 bits of strength.
    private const int RsaKeySize = 3072;

    private readonly SigningKeyEncryption _encryption = new(masterKeys);

    /// <summary>Makes a key for an algorithm; its id is its thumbprint (RFC 7638).</summary>
    /// <exception cref="ArgumentException">The algorithm has no key pairs, or is none of ours.</exception>
    public SigningKey Create(int ordinal, string algorithm, DateTimeOffset now, DateTimeOffset activatesAt)
    {
        using AsymmetricAlgorithm pair = algorithm switch
        {
            SigningAlgorithms.ES256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            SigningAlgorithms.PS256 or SigningAlgorithms.RS256 => RSA.Create(RsaKeySize),
            _ => throw new ArgumentException($"There are no key pairs for {algorithm}.", nameof(algorithm)),
        };
        var id = pair is ECDsa ecdsa
            ? JwkThumbprint.Of(ecdsa.ExportParameters(includePrivateParameters: false))
            : JwkThumbprint.Of(((RSA)pair).ExportParameters(includePrivateParameters: false));

        var privateKey = pair.ExportPkcs8PrivateKey();
        try
        {
            return SigningKey.Create(
                id,
                ordinal,
                algorithm,
                pair.ExportSubjectPublicKeyInfo(),
                _encryption.Encrypt(id, algorithm, privateKey),
                now,
                activatesAt
            );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }
}
