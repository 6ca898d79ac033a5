using System.Security.Cryptography;

namespace Auth.Infrastructure.Security;

/// <summary>
/// Encrypts values in the database with AES-256-GCM under a key derived from the master key. The format is version | id of the
/// master key | nonce | tag | ciphertext.
/// </summary>
/// <param name="masterKeys">The master keys.</param>
/// <param name="purpose">The label of the derived key.</param>
internal sealed class MasterKeyEncryption(MasterKeys masterKeys, string purpose)
{
    private const byte Version = 1;
    private const int MasterKeyIdAt = 1;
    private const int NonceAt = MasterKeyIdAt + 4;
    private const int TagAt = NonceAt + 12;
    private const int CiphertextAt = TagAt + TagLength;
    private const int TagLength = 16;

    private readonly IReadOnlyList<DerivedKey> _keys = masterKeys.Derive(purpose);

    /// <summary>Returns the id of the master key that a value is encrypted under; null for an unknown format.</summary>
    public static string? FindMasterKeyId(ReadOnlySpan<byte> stored) =>
        stored.Length <= CiphertextAt || stored[0] != Version
            ? null
            : Convert.ToHexStringLower(stored[MasterKeyIdAt..NonceAt]);

    /// <summary>Whether a value is encrypted under the current master key.</summary>
    public bool IsCurrent(ReadOnlySpan<byte> stored) => FindMasterKeyId(stored) == _keys[0].Id;

    /// <summary>Encrypts a value under the current master key.</summary>
    /// <param name="value">The value.</param>
    /// <param name="associatedData">What the value belongs to; it cannot be decrypted with anything else.</param>
    public byte[] Encrypt(ReadOnlySpan<byte> value, ReadOnlySpan<byte> associatedData)
    {
        var stored = new byte[CiphertextAt + value.Length];
        stored[0] = Version;
        Convert.FromHexString(_keys[0].Id).CopyTo(stored, MasterKeyIdAt);
        var nonce = stored.AsSpan(NonceAt, TagAt - NonceAt);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(_keys[0].Bytes, TagLength);
        aes.Encrypt(nonce, value, stored.AsSpan(CiphertextAt), stored.AsSpan(TagAt, TagLength), associatedData);
        return stored;
    }

    /// <summary>Decrypts a value.</summary>
    /// <param name="stored">The encrypted value.</param>
    /// <param name="associatedData">What the value belongs to.</param>
    /// <param name="name">What the value is, for error messages.</param>
    /// <exception cref="CryptographicException">
    /// The master key is not configured, or the value was changed, damaged or belongs to something else.
    /// </exception>
    public byte[] Decrypt(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> associatedData, string name)
    {
        var masterKeyId =
            FindMasterKeyId(stored) ?? throw new CryptographicException($"{name} is in an unknown format.");
        if (_keys.All(key => key.Id != masterKeyId))
        {
            throw new CryptographicException(
                $"{name} is encrypted under master key {masterKeyId}, which is not configured. "
                    + "Add it to Security:PreviousMasterKeys."
            );
        }

        return TryDecrypt(stored, associatedData)
            ?? throw new CryptographicException($"{name} was changed, or belongs to something else.");
    }

    /// <summary>Decrypts a value that somebody else may have made up.</summary>
    /// <param name="stored">The encrypted value.</param>
    /// <param name="associatedData">What the value belongs to.</param>
    /// <returns>Null if it was not encrypted under a configured master key and for this.</returns>
    public byte[]? TryDecrypt(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> associatedData)
    {
        var masterKeyId = FindMasterKeyId(stored);
        if (_keys.FirstOrDefault(candidate => candidate.Id == masterKeyId) is not { } masterKey)
        {
            return null;
        }

        var value = new byte[stored.Length - CiphertextAt];
        try
        {
            using var aes = new AesGcm(masterKey.Bytes, TagLength);
            aes.Decrypt(
                stored[NonceAt..TagAt],
                stored[CiphertextAt..],
                stored[TagAt..CiphertextAt],
                value,
                associatedData
            );
            return value;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
