using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Auth.Domain.Common;
using Auth.Infrastructure.Security.Keys;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>Reads our own access tokens and nothing else (RFC 7515, RFC 7519, RFC 8725, RFC 9068 §4).</summary>
/// <remarks>
/// The order is from cheap to costly, and nothing of the payload is looked at before its signature is verified. The
/// header is not parsed at all: it has to be, to the letter, the one that the key's tokens begin with. That settles
/// algorithm, type, duplicate members, <c>crit</c>, <c>jku</c>, <c>jwk</c> and whatever else could stand in it.
/// </remarks>
internal sealed class AccessTokenReader(SigningKeyRing keys, JwtOptions options)
{
    /// <summary>The longest token, in characters.</summary>
    public const int MaxLength = 8 * 1024;

    private readonly JsonEncodedText _issuer = AccessTokenIssuer.Encode(options.Issuer);
    private readonly JsonEncodedText _audience = AccessTokenIssuer.Encode(options.Audience);

    /// <summary>Reads a token as of an instant.</summary>
    public AccessTokenReading Read(string token, DateTimeOffset now)
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
            return AccessTokenFault.WrongSignature;
        }

        // One buffer for the signed text, and behind it the decoded payload.
        var buffer = ArrayPool<byte>.Shared.Rent(2 * inputLength);
        var reading = Read(key, text[..inputLength], headerEnd, signature, buffer, now);
        ArrayPool<byte>.Shared.Return(buffer);
        return reading;
    }

    /// <summary>
    /// Whether a token that was read once would be read again as of an instant: its time is not over, and its key is
    /// still in use.
    /// </summary>
    /// <remarks>If the clock was put back, the answer is no: the token may now be too far ahead of it.</remarks>
    public bool StillHolds(VerifiedAccessToken token, DateTimeOffset now) =>
        token.VerifiedAt <= now && now < token.ExpiresAt && keys.Verifies(token.Key, now);

    private AccessTokenReading Read(
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

        // Header and payload have shown to be ASCII by now.
        Encoding.ASCII.GetBytes(input, buffer);
        return !key.Verifies(buffer, input.Length, signature) ? AccessTokenFault.WrongSignature
            : AccessTokenPayload.TryParse(json[..length], out var claims) ? Check(claims, json, key, now)
            : AccessTokenFault.WrongClaims;
    }

    private AccessTokenReading Check(
        in AccessTokenPayload claims,
        ReadOnlySpan<byte> json,
        TokenKey key,
        DateTimeOffset now
    )
    {
        // Instances have clocks of their own: a token may come from one that is ahead. None is accepted after its time.
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
            return AccessTokenFault.WrongClaims;
        }

        // Where the lifetime was configured shorter since, it holds for tokens from before as well: revocations are
        // remembered for no longer than that.
        var expiresAt = long.Min(
            claims.ExpiresAt,
            claims.IssuedAt + long.Max(1, (long)options.AccessTokenLifetime.TotalSeconds)
        );
        return seconds >= expiresAt
            ? AccessTokenFault.Expired
            : new VerifiedAccessToken(options.Issuer, key, now)
            {
                UserId = claims.Subject,
                SessionId = claims.SessionId,
                JwtId = claims.JwtId,
                TokenVersion = claims.TokenVersion,
                Roles = claims.Roles,
                Permissions = claims.Permissions,
                IssuedAt = DateTimeOffset.FromUnixTimeSeconds(claims.IssuedAt),
                ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(expiresAt),
                AuthenticatedAt = DateTimeOffset.FromUnixTimeSeconds(claims.AuthenticatedAt),
                AuthenticationMethods = claims.AuthenticationMethods,
            };
    }
}
