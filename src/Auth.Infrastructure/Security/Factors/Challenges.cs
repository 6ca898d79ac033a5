using System.Buffers.Binary;
using System.Buffers.Text;
using Auth.Application.Abstractions;

namespace Auth.Infrastructure.Security.Factors;

/// <summary>
/// Seals challenges: base64url of the encrypted id | expiry | user | token version | device | flags. The purpose is
/// associated data, so that a challenge for one purpose cannot be used for another.
/// </summary>
internal sealed class Challenges(MasterKeys masterKeys) : IChallenges
{
    private const int ExpiryAt = 16;
    private const int UserAt = ExpiryAt + sizeof(long);
    private const int VersionAt = UserAt + 16;
    private const int DeviceAt = VersionAt + sizeof(int);
    private const int FlagsAt = DeviceAt + 16;
    private const int Length = FlagsAt + 1;
    private const int MaxTextLength = 256;

    private readonly MasterKeyEncryption _encryption = new(masterKeys, "challenges");

    /// <inheritdoc/>
    public string Seal(Challenge challenge)
    {
        Span<byte> bytes = stackalloc byte[Length];
        challenge.Id.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[ExpiryAt..], challenge.ExpiresAt.UtcTicks);
        (challenge.UserId ?? Guid.Empty).TryWriteBytes(bytes[UserAt..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[VersionAt..], challenge.TokenVersion);
        (challenge.DeviceId ?? Guid.Empty).TryWriteBytes(bytes[DeviceAt..], bigEndian: true, out _);
        bytes[FlagsAt] = challenge.IsSingleAttempt ? (byte)1 : (byte)0;
        return Base64Url.EncodeToString(_encryption.Encrypt(bytes, [(byte)challenge.Purpose]));
    }

    /// <inheritdoc/>
    public Challenge? Open(string? text, ChallengePurpose purpose, DateTimeOffset now)
    {
        Span<byte> encrypted = stackalloc byte[MaxTextLength];
        if (
            text is not { Length: > 0 and <= MaxTextLength }
            || !CanonicalBase64Url.TryDecode(text, encrypted, out var length)
            || _encryption.TryDecrypt(encrypted[..length], [(byte)purpose]) is not { Length: Length } bytes
        )
        {
            return null;
        }

        var expiresAt = new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(ExpiryAt)), TimeSpan.Zero);
        return expiresAt <= now
            ? null
            : new(purpose, ReadGuid(bytes, 0), expiresAt)
            {
                UserId = ReadOptionalGuid(bytes, UserAt),
                TokenVersion = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(VersionAt)),
                DeviceId = ReadOptionalGuid(bytes, DeviceAt),
                IsSingleAttempt = bytes[FlagsAt] != 0,
            };
    }

    private static Guid ReadGuid(byte[] bytes, int at) => new(bytes.AsSpan(at, 16), bigEndian: true);

    private static Guid? ReadOptionalGuid(byte[] bytes, int at) =>
        ReadGuid(bytes, at) is var id && id == Guid.Empty ? null : id;
}
