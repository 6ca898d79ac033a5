using System.Security.Cryptography;
using System.Text;
using Auth.Application.Abstractions;
using Auth.Domain.Users;

namespace Auth.Infrastructure.Security.Lockout;

/// <summary>
/// Keys of failure counts are HMACs, so that read access to the table does not even reveal whether a known address is in
/// it. Only the current master key is used: replacing it resets all counts.
/// </summary>
internal sealed class FailureKeys(MasterKeys masterKeys) : IFailureKeys
{
    private const byte Address = 1;
    private const byte Device = 2;

    private readonly DerivedKey _key = masterKeys.Derive("sign-in attempts")[0];

    /// <inheritdoc/>
    public byte[] OfAddress(EmailAddress email) =>
        HMACSHA256.HashData(_key.Bytes, (byte[])[Address, .. Encoding.UTF8.GetBytes(email.Normalized)]);

    /// <inheritdoc/>
    public byte[] OfDevice(Guid userId, Guid deviceId)
    {
        Span<byte> input = stackalloc byte[1 + 16 + 16];
        input[0] = Device;
        userId.TryWriteBytes(input[1..], bigEndian: true, out _);
        deviceId.TryWriteBytes(input[17..], bigEndian: true, out _);
        return HMACSHA256.HashData(_key.Bytes, input);
    }
}
