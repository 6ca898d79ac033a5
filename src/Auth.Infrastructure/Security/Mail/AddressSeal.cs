using System.Security.Cryptography;
using System.Text;
using Auth.Application.Mail;
using Auth.Domain.Users;

namespace Auth.Infrastructure.Security.Mail;

/// <summary>
/// Encrypts and hashes addresses, so that read access to the tables reveals none. The row's id is authenticated: write access
/// is not enough to send one mail to the address of another.
/// </summary>
internal sealed class AddressSeal(MasterKeys masterKeys) : IAddressSeal
{
    private readonly MasterKeyEncryption _encryption = new(masterKeys, "mail address encryption");
    private readonly IReadOnlyList<DerivedKey> _hashKeys = masterKeys.Derive("mail address hash");

    /// <inheritdoc/>
    public byte[] Seal(Guid id, EmailAddress address) =>
        _encryption.Encrypt(Encoding.UTF8.GetBytes(address.Value), id.ToByteArray(bigEndian: true));

    /// <inheritdoc/>
    public EmailAddress Open(Guid id, byte[] stored) =>
        EmailAddress.From(
            Encoding.UTF8.GetString(
                _encryption.Decrypt(stored, id.ToByteArray(bigEndian: true), $"The address in row {id}")
            )
        );

    /// <inheritdoc/>
    public byte[] Hash(EmailAddress address) => Hash(_hashKeys[0], address);

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> ListHashes(EmailAddress address) => [.. _hashKeys.Select(key => Hash(key, address))];

    private static byte[] Hash(DerivedKey key, EmailAddress address) =>
        HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes(address.Normalized));
}
