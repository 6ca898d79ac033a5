using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Auth.Domain.Keys;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>
/// Encrypts private keys in the database. Key id and algorithm are authenticated, so that write access to the table is not
/// enough to swap keys or to change the algorithm of one.
/// </summary>
internal sealed class SigningKeyEncryption(MasterKeys masterKeys)
{
    private readonly MasterKeyEncryption _encryption = new(masterKeys, "signing key encryption");

    /// <summary>Whether a private key is encrypted under the current master key.</summary>
    public bool IsCurrent(SigningKey key) => _encryption.IsCurrent(key.EncryptedPrivateKey);

    /// <summary>Encrypts a private key under the current master key.</summary>
    public byte[] Encrypt(string id, string algorithm, ReadOnlySpan<byte> privateKey) =>
        _encryption.Encrypt(privateKey, AssociatedData(id, algorithm));

    /// <summary>Decrypts the private key of a signing key.</summary>
    /// <exception cref="CryptographicException">
    /// The master key is not configured, or the stored key was changed, damaged or belongs to another signing key.
    /// </exception>
    public byte[] Decrypt(SigningKey key) =>
        _encryption.Decrypt(
            key.EncryptedPrivateKey,
            AssociatedData(key.Id, key.Algorithm),
            $"The private key of signing key {key.Id}"
        );

    // Prefixed with the length of the id, so that different pairs give different bytes.
    private static byte[] AssociatedData(string id, string algorithm)
    {
        var text = Encoding.UTF8.GetBytes(id + algorithm);
        var data = new byte[sizeof(int) + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(data, Encoding.UTF8.GetByteCount(id));
        text.CopyTo(data, sizeof(int));
        return data;
    }
}
