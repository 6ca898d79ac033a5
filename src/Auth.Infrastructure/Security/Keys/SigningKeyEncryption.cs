using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Auth.Domain.Keys;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>
/// Encrypts private keys in the database with AES-256-GCM under a key derived from the master key. The format is version |
/// id of the master key | nonce | tag | ciphertext. Key id and algorithm are authenticated, so that write access to the
/// table is not enough to swap keys or to change the algorithm of one.
/// </summary>
internal sealed class SigningKeyEncryption(MasterKeys masterKeys)
{
    private const byte Version = 1;
    private const int MasterKeyIdAt = 1;
    private const int NonceAt = MasterKeyIdAt + 4;
    private const int TagAt = NonceAt + 12;
    private const int CiphertextAt = TagAt + TagLength;
    private const int TagLength = 16;

    private readonly IReadOnlyList<DerivedKey> _keys = masterKeys.Derive("signing key encryption");

    /// <summary>Whether a private key is encrypted under the current master key.</summary>
    public bool IsCurrent(SigningKey key) => FindMasterKeyId(key.EncryptedPrivateKey) == _keys[0].Id;

    /// <summary>Returns the id of the master key that a private key is encrypted under; null for an unknown format.</summary>
    public static string? FindMasterKeyId(ReadOnlySpan<byte> stored) =>
        stored.Length <= CiphertextAt || stored[0] != Version
            ? null
            : Convert.ToHexStringLower(stored[MasterKeyIdAt..NonceAt]);

    /// <summary>Encrypts a private key under the current master key.</summary>
    public byte[] Encrypt(string id, string algorithm, ReadOnlySpan<byte> privateKey)
    {
        var stored = new byte[CiphertextAt + privateKey.Length];
        stored[0] = Version;
        Convert.FromHexString(_keys[0].Id).CopyTo(stored, MasterKeyIdAt);
        var nonce = stored.AsSpan(NonceAt, TagAt - NonceAt);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(_keys[0].Bytes, TagLength);
        aes.Encrypt(
            nonce,
            privateKey,
            stored.AsSpan(CiphertextAt),
            stored.AsSpan(TagAt, TagLength),
            AssociatedData(id, algorithm)
        );
        return stored;
    }

    /// <summary>Decrypts the private key of a signing key.</summary>
    /// <exception cref="CryptographicException">
    /// The master key is not configured, or the stored key was changed, damaged or belongs to another signing key.
    /// </exception>
    public byte[] Decrypt(SigningKey key)
    {
        var stored = key.EncryptedPrivateKey.AsSpan();
        var masterKeyId =
            FindMasterKeyId(stored)
            ?? throw new CryptographicException($"The private key of signing key {key.Id} is in an unknown format.");
        var masterKey =
            _keys.FirstOrDefault(candidate => candidate.Id == masterKeyId)
            ?? throw new CryptographicException(
                $"Signing key {key.Id} is encrypted under master key {masterKeyId}, which is not configured. "
                    + "Add it to Security:PreviousMasterKeys."
            );

        var privateKey = new byte[stored.Length - CiphertextAt];
        try
        {
            using var aes = new AesGcm(masterKey.Bytes, TagLength);
            aes.Decrypt(
                stored[NonceAt..TagAt],
                stored[CiphertextAt..],
                stored[TagAt..CiphertextAt],
                privateKey,
                AssociatedData(key.Id, key.Algorithm)
            );
            return privateKey;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new CryptographicException(
                $"The private key of signing key {key.Id} was changed, or belongs to another key or algorithm.",
                e
            );
        }
    }

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
