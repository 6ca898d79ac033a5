using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Domain.Users;

namespace Auth.Infrastructure.Security.Lockout;

/// <summary>
/// Device tokens (OWASP: device cookies): base64url(version | device id | proof), where the proof is an HMAC of the rest,
/// the account and its device epoch. A token of another account, or from before the last change of password, is ignored.
/// </summary>
/// <remarks>A device token authenticates nobody: it only decides which counter a failed sign-in is added to.</remarks>
internal sealed class KnownDevices(MasterKeys masterKeys) : IKnownDevices
{
    private const byte Version = 1;
    private const int DeviceIdAt = 1;
    private const int ProofAt = DeviceIdAt + 16;
    private const int Length = ProofAt + HMACSHA256.HashSizeInBytes;

    private static readonly int s_textLength = Base64Url.GetEncodedLength(Length);

    private readonly IReadOnlyList<DerivedKey> _keys = masterKeys.Derive("known device");

    /// <inheritdoc/>
    public string Issue(User user, Guid deviceId)
    {
        Span<byte> token = stackalloc byte[Length];
        token[0] = Version;
        deviceId.TryWriteBytes(token[DeviceIdAt..], bigEndian: true, out _);
        ComputeProof(_keys[0], token[..ProofAt], user, token[ProofAt..]);
        return Base64Url.EncodeToString(token);
    }

    /// <inheritdoc/>
    public Guid? Find(string? token, User user)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (token?.Length != s_textLength || !CanonicalBase64Url.TryDecode(token, bytes, out _) || bytes[0] != Version)
        {
            return null;
        }

        Span<byte> proof = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var matches = false;
        foreach (var key in _keys)
        {
            ComputeProof(key, bytes[..ProofAt], user, proof);
            matches |= CryptographicOperations.FixedTimeEquals(proof, bytes[ProofAt..]);
        }

        return matches ? new Guid(bytes[DeviceIdAt..ProofAt], bigEndian: true) : null;
    }

    private static void ComputeProof(DerivedKey key, ReadOnlySpan<byte> head, User user, Span<byte> proof)
    {
        Span<byte> input = stackalloc byte[ProofAt + 16 + sizeof(int)];
        head.CopyTo(input);
        user.Id.TryWriteBytes(input[ProofAt..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(input[(ProofAt + 16)..], user.DeviceEpoch);
        HMACSHA256.HashData(key.Bytes, input, proof);
    }
}
