using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Auth.Domain.Common;
using Auth.Infrastructure.Security.Keys;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>Validates our own access tokens and no others (RFC 7515, RFC 7519, RFC 8725, RFC 9068 §4).</summary>
/// <remarks>
/// Cheap checks come first, and the payload is not parsed before the signature is verified. The header is not parsed at
/// all: it must be identical to the header of the key's tokens. That rules out attacks on algorithm, type, duplicate
/// members, <c>crit</c>, <c>jku</c>, <c>jwk</c> and anything else a header can contain.
/// </remarks>
internal sealed class AccessTokenReader(SigningKeyRing keys, JwtOptions options)
{
    /// <summary>The maximum length of a token, in characters.</summary>
    public const int MaxLength = 8 * 1024;

    private readonly JsonEncodedText _issuer = AccessTokenIssuer.Encode(options.Issuer);
    private readonly JsonEncodedText _audience = AccessTokenIssuer.Encode(options.Audience);

    /// <summary>Validates a token at an instant.</summary>
    public AccessTokenReadResult Read(string token, DateTimeOffset now)
    {
        var text = token.AsSpan();
        if (text.Length > MaxLength)
        {
            return AccessTokenFault.Malformed;
        }

        var headerEnd = text.IndexOf('.');
        var inputLength = text.LastIndexOf('.');
        if (headerEnd < 0 || inputLength == headerEnd)
        {
            return AccessTokenFault.Malformed;
        }

        if (keys.FindVerifyingKey(text[..headerEnd], now) is not { } key)
        {
            return AccessTokenFault.UnknownKey;
        }

        var signature = new byte[key.SignatureLength];
        var signatureText = text[(inputLength + 1)..];
        if (
            signatureText.Length != Base64Url.GetEncodedLength(signature.Length)
            || !CanonicalBase64Url.TryDecode(signatureText, signature, out _)
        )
        {
            return AccessTokenFault.InvalidSignature;
        }

        // One buffer for the signed text, followed by the decoded payload.
        var buffer = ArrayPool<byte>.Shared.Rent(2 * inputLength);
        var reading = Read(key, text[..inputLength], headerEnd, signature, buffer, now);
        ArrayPool<byte>.Shared.Return(buffer);
        return reading;
    }

    /// <summary>Whether a token that was valid before still is: it has not expired, and its key is still in use.</summary>
    /// <remarks>False if the clock was set back: the token may now be too far in the future.</remarks>
    public bool IsStillValid(VerifiedAccessToken token, DateTimeOffset now) =>
        token.VerifiedAt <= now && now < token.ExpiresAt && keys.Verifies(token.Key, now);

    private AccessTokenReadResult Read(
        TokenKey key,
        ReadOnlySpan<char> input,
        int headerEnd,
        byte[] signature,
        byte[] buffer,
        DateTimeOffset now
    )
    {
        var json = buffer.AsSpan(input.Length);
        if (!CanonicalBase64Url.TryDecode(input[(headerEnd + 1)..], json, out var length))
        {
            return AccessTokenFault.Malformed;
        }

        // Header and payload are known to be ASCII here.
        Encoding.ASCII.GetBytes(input, buffer);
        return !key.Verifies(buffer, input.Length, signature) ? AccessTokenFault.InvalidSignature
            : AccessTokenPayload.TryParse(json[..length], out var claims) ? Check(claims, json, key, now)
            : AccessTokenFault.InvalidClaims;
    }

    private AccessTokenReadResult Check(
        in AccessTokenPayload claims,
        ReadOnlySpan<byte> json,
        TokenKey key,
        DateTimeOffset now
    )
    {
        // Instances have different clocks: a token may come from one that is ahead. No token is accepted after its expiry.
        var seconds = now.ToUnixTimeSeconds();
        var latest = (now + InstanceClocks.MaxDifference).ToUnixTimeSeconds();
        var lifetime = claims.ExpiresAt - claims.IssuedAt;
        if (
            !json[claims.Issuer].SequenceEqual(_issuer.EncodedUtf8Bytes)
            || !json[claims.Audience].SequenceEqual(_audience.EncodedUtf8Bytes)
            || lifetime <= 0
            || lifetime > (long)JwtOptions.MaxAccessTokenLifetime.TotalSeconds
            || long.Max(claims.IssuedAt, long.Max(claims.NotBefore, claims.AuthenticatedAt)) > latest
        )
        {
            return AccessTokenFault.InvalidClaims;
        }

        // A lifetime that was shortened applies to existing tokens, too: revocations are not remembered for longer.
        var expiresAt = long.Min(
            claims.ExpiresAt,
            claims.IssuedAt + long.Max(1, (long)options.AccessTokenLifetime.TotalSeconds)
        );
        return seconds >= expiresAt
            ? AccessTokenFault.Expired
            : new VerifiedAccessToken(options.Issuer, key, now)
            {
                UserId = claims.Subject,
                IsService = claims.IsService,
                SessionId = claims.SessionId,
                JwtId = claims.JwtId,
                TokenVersion = claims.TokenVersion,
                Roles = claims.Roles,
                Permissions = claims.Permissions,
                IssuedAt = DateTimeOffset.FromUnixTimeSeconds(claims.IssuedAt),
                ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(expiresAt),
                AuthenticatedAt = claims.IsService ? null : DateTimeOffset.FromUnixTimeSeconds(claims.AuthenticatedAt),
                AuthenticationMethods = claims.AuthenticationMethods ?? [],
            };
    }
}
