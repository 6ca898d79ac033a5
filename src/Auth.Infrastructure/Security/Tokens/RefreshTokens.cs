using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Domain.Sessions;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// Refresh tokens that are computed, not stored: base64url(version | session id | generation | secret), where the secret
/// is an HMAC of the rest and the session's salt. The key is not in the database and the salt not in the configuration, so
/// that neither leak alone is enough to forge a token.
/// </summary>
internal sealed class RefreshTokens(MasterKeys masterKeys) : IRefreshTokens
{
    private const byte Version = 1;
    private const int SessionIdAt = 1;
    private const int GenerationAt = SessionIdAt + 16;
    private const int SecretAt = GenerationAt + sizeof(int);
    private const int Length = SecretAt + HMACSHA256.HashSizeInBytes;

    private static readonly int s_textLength = Base64Url.GetEncodedLength(Length);

    private readonly IReadOnlyList<DerivedKey> _keys = masterKeys.Derive("refresh token");

    /// <inheritdoc/>
    public string Create(Session session)
    {
        Span<byte> token = stackalloc byte[Length];
        WriteHead(token, session.Id, session.Generation);
        ComputeSecret(_keys[0], token[..SecretAt], session.Salt, token[SecretAt..]);
        return Base64Url.EncodeToString(token);
    }

    /// <inheritdoc/>
    public RefreshToken? Read(string text)
    {
        Span<byte> token = stackalloc byte[Length];
        if (text.AsSpan().Length != s_textLength || !CanonicalBase64Url.TryDecode(text, token, out _))
        {
            return null;
        }

        var generation = BinaryPrimitives.ReadInt32BigEndian(token[GenerationAt..]);
        return token[0] == Version && generation >= 1
            ? new(new Guid(token[SessionIdAt..GenerationAt], bigEndian: true), generation, token[SecretAt..].ToArray())
            : null;
    }

    /// <inheritdoc/>
    public bool IsGenuine(RefreshToken token, Session session)
    {
        Span<byte> head = stackalloc byte[SecretAt];
        WriteHead(head, token.SessionId, token.Generation);

        // Always tries all keys, so that the time does not reveal which of them matches.
        Span<byte> secret = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var matches = false;
        foreach (var key in _keys)
        {
            ComputeSecret(key, head, session.Salt, secret);
            matches |= CryptographicOperations.FixedTimeEquals(secret, token.Secret);
        }

        return matches & (token.SessionId == session.Id);
    }

    private static void WriteHead(Span<byte> token, Guid sessionId, int generation)
    {
        token[0] = Version;
        sessionId.TryWriteBytes(token[SessionIdAt..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(token[GenerationAt..], generation);
    }

    private static void ComputeSecret(DerivedKey key, ReadOnlySpan<byte> head, byte[] salt, Span<byte> secret)
    {
        Span<byte> input = stackalloc byte[SecretAt + Session.SaltLength];
        head.CopyTo(input);
        salt.CopyTo(input[SecretAt..]);
        HMACSHA256.HashData(key.Bytes, input, secret);
    }
}
