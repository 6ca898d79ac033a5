using System.Security.Cryptography;
using System.Text;
using Auth.Application.Mail;
using Auth.Domain.Users;

namespace Auth.Infrastructure.Security.Mail;

/// <summary>
/// Keys of mail quotas are HMACs, so that read access to the table does not even reveal whether a known address is in it.
/// Only the current master key is used: replacing it resets all quotas.
/// </summary>
internal sealed class MailQuotaKeys(MasterKeys masterKeys) : IMailQuotaKeys
{
    private const byte Address = 1;
    private const byte Notices = 2;
    private const byte Device = 3;
    private const byte User = 4;

    private readonly DerivedKey _key = masterKeys.Derive("mail quota")[0];

    /// <inheritdoc/>
    public byte[] OfAddress(EmailAddress address) => Hash(Address, Encoding.UTF8.GetBytes(address.Normalized));

    /// <inheritdoc/>
    public byte[] OfNotices(EmailAddress address) => Hash(Notices, Encoding.UTF8.GetBytes(address.Normalized));

    /// <inheritdoc/>
    public byte[] OfDevice(Guid userId, Guid deviceId) =>
        Hash(Device, [.. userId.ToByteArray(bigEndian: true), .. deviceId.ToByteArray(bigEndian: true)]);

    /// <inheritdoc/>
    public byte[] OfUser(Guid userId) => Hash(User, userId.ToByteArray(bigEndian: true));

    private byte[] Hash(byte kind, byte[] name) => HMACSHA256.HashData(_key.Bytes, (byte[])[kind, .. name]);
}
