using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Auth.Application.Abstractions;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Security.Keys;
using Microsoft.Extensions.ObjectPool;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>Issues access tokens in the format of RFC 9068.</summary>
internal sealed class AccessTokenIssuer(SigningKeyRing keys, JwtOptions options) : IAccessTokenIssuer
{
    private const int JwtIdLength = 16;

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    private readonly ObjectPool<PayloadBuffer> _buffers = new DefaultObjectPoolProvider().Create<PayloadBuffer>();
    private readonly JsonEncodedText _issuer = Encode(options.Issuer);
    private readonly JsonEncodedText _audience = Encode(options.Audience);

    /// <inheritdoc/>
    public AccessToken Issue(User user, Session session, DateTimeOffset now)
    {
        var key = FindKey(now);
        var lifetime = ChooseLifetime(session.ExpiresAt - now);
        var buffer = _buffers.Get();
        var seconds = now.ToUnixTimeSeconds();
        WriteStart(buffer.Writer, user.Id, session.Id, seconds, lifetime);
        WriteAuthentication(buffer.Writer, session, seconds);
        WriteAccess(buffer.Writer, user.AccessVersion, user.RoleNames, user.EffectivePermissions);
        return Finish(buffer, key, lifetime);
    }

    /// <inheritdoc/>
    public AccessToken Issue(
        ServiceAccount account,
        ServiceToken token,
        IReadOnlyList<string> permissions,
        DateTimeOffset now
    )
    {
        var key = FindKey(now);
        // Not beyond the lifetime of other tokens: revocations are not remembered for longer.
        var longest = Math.Min((token.ExpiresAt - now).TotalSeconds, options.AccessTokenLifetime.TotalSeconds);
        var lifetime = Math.Max(1, (int)longest);
        var buffer = _buffers.Get();
        WriteStart(buffer.Writer, account.Id, token.Id, now.ToUnixTimeSeconds(), lifetime);
        buffer.Writer.WriteString("client_id"u8, account.Id);
        WriteAccess(buffer.Writer, account.AccessVersion, account.RoleNames, permissions);
        return Finish(buffer, key, lifetime);
    }

    /// <summary>Encodes a text as it appears in a token: escaped only where JSON requires it.</summary>
    public static JsonEncodedText Encode(string text) =>
        JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    private TokenKey FindKey(DateTimeOffset now) =>
        keys.FindSigningKey(now)
        ?? throw new ServiceUnavailableException("There is no active signing key.", s_retryAfter);

    private AccessToken Finish(PayloadBuffer buffer, TokenKey key, int lifetime)
    {
        buffer.Writer.WriteEndObject();
        buffer.Writer.Flush();
        var token = Sign(key, buffer.Bytes.WrittenSpan);
        _buffers.Return(buffer);
        return new(token, TimeSpan.FromSeconds(lifetime));
    }

    // Each token's lifetime is up to 5 % shorter, so that users who signed in together do not refresh together. No token
    // outlives its session.
    private int ChooseLifetime(TimeSpan sessionLifetime)
    {
        var longest = (int)options.AccessTokenLifetime.TotalSeconds;
        var chosen = longest - RandomNumberGenerator.GetInt32((longest / 20) + 1);
        return Math.Max(1, (int)Math.Min(chosen, sessionLifetime.TotalSeconds));
    }

    private void WriteStart(Utf8JsonWriter writer, Guid subject, Guid sessionId, long now, int lifetime)
    {
        Span<byte> random = stackalloc byte[JwtIdLength];
        RandomNumberGenerator.Fill(random);
        Span<byte> jwtId = stackalloc byte[Base64Url.GetEncodedLength(JwtIdLength)];
        Base64Url.EncodeToUtf8(random, jwtId);

        writer.WriteStartObject();
        writer.WriteString("iss"u8, _issuer);
        writer.WriteString("aud"u8, _audience);
        writer.WriteString("sub"u8, subject);
        writer.WriteString("sid"u8, sessionId);
        writer.WriteString("jti"u8, jwtId);
        writer.WriteNumber("iat"u8, now);
        writer.WriteNumber("nbf"u8, now);
        writer.WriteNumber("exp"u8, now + lifetime);
    }

    private static void WriteAuthentication(Utf8JsonWriter writer, Session session, long now)
    {
        // The sign-in may have happened on an instance whose clock is ahead. A token that claims to be issued before the
        // sign-in would be inconsistent.
        writer.WriteNumber("auth_time"u8, long.Min(session.AuthenticatedAt.ToUnixTimeSeconds(), now));
        writer.WriteString("acr"u8, session.AuthenticationContext.Name());
        writer.WriteStartArray("amr"u8);
        foreach (var method in session.AuthenticationMethods.AsSpan().Split(' '))
        {
            writer.WriteStringValue(session.AuthenticationMethods.AsSpan()[method]);
        }

        writer.WriteEndArray();
    }

    private static void WriteAccess(
        Utf8JsonWriter writer,
        AccessVersion version,
        IReadOnlyList<string> roles,
        IReadOnlyList<string> permissions
    )
    {
        writer.WriteNumber("ver"u8, version.Value);
        WriteArray(writer, "roles"u8, roles);
        WriteArray(writer, "permissions"u8, permissions);
    }

    private static void WriteArray(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static string Sign(TokenKey key, ReadOnlySpan<byte> payload)
    {
        var payloadStart = key.EncodedHeader.Length + 1;
        var inputLength = payloadStart + Base64Url.GetEncodedLength(payload.Length);
        var length = inputLength + 1 + Base64Url.GetEncodedLength(key.SignatureLength);
        if (length > AccessTokenReader.MaxLength)
        {
            // Failing is better than a token that every service rejects.
            throw new InvalidOperationException("The user's roles and permissions do not fit into an access token.");
        }

        var token = ArrayPool<byte>.Shared.Rent(length);
        Encoding.ASCII.GetBytes(key.EncodedHeader, token);
        token[payloadStart - 1] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, token.AsSpan(payloadStart));

        Span<byte> signature = stackalloc byte[key.SignatureLength];
        key.Sign(token.AsSpan(0, inputLength), signature);
        token[inputLength] = (byte)'.';
        Base64Url.EncodeToUtf8(signature, token.AsSpan(inputLength + 1));

        var text = Encoding.ASCII.GetString(token, 0, length);
        ArrayPool<byte>.Shared.Return(token, clearArray: true);
        return text;
    }

    private sealed class PayloadBuffer : IResettable
    {
        public PayloadBuffer() =>
            Writer = new(Bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        public ArrayBufferWriter<byte> Bytes { get; } = new(1024);

        public Utf8JsonWriter Writer { get; }

        public bool TryReset()
        {
            Bytes.Clear();
            Writer.Reset();
            return true;
        }
    }
}
