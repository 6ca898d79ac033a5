using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Auth.Bearer;

/// <summary>Validates access tokens of the issuer and nothing else (RFC 7515, RFC 7519, RFC 8725, RFC 9068 §4).</summary>
internal sealed class AccessTokenReader(IssuerKeys keys, AuthBearerOptions options, TimeProvider clock)
{
    private const int MaxLength = 8 * 1024;
    private const int MaxJwtIdLength = 64;
    private const long MaxUnixSeconds = 253_402_300_799; // the end of the year 9999
    private const long MaxVersion = (1L << 51) - 1;

    private static readonly TimeSpan s_longestLifetime = TimeSpan.FromHours(24);

    // Claims are scalars and arrays of them, possibly in an object.
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Validates a token.</summary>
    /// <exception cref="BearerException">The token is not acceptable.</exception>
    public async ValueTask<AccessToken> ReadAsync(string text)
    {
        if (
            text.Length > MaxLength
            || !Ascii.IsValid(text)
            || CompactJws.TryRead(Encoding.ASCII.GetBytes(text)) is not { Type: "at+jwt" } jws
            || !options.Algorithms.Contains(jws.Algorithm)
        )
        {
            throw new BearerException(BearerError.InvalidToken);
        }

        var key = keys.Find(jws.KeyId) ?? await keys.FindAsync(jws.KeyId, CancellationToken.None);
        if (key is null && !keys.AreKnown)
        {
            throw new BearerException(BearerError.Unavailable);
        }

        return key is not null && key.Algorithm == jws.Algorithm && key.Verifies(jws.SignedText.Span, jws.Signature)
            ? Read(jws)
            : throw new BearerException(BearerError.InvalidToken);
    }

    private AccessToken Read(CompactJws jws)
    {
        try
        {
            // The issuer writes nothing around the object, and escapes nothing in it: no two parsers can disagree about names.
            if (
                jws.Payload is not [(byte)'{', .., (byte)'}']
                || jws.Payload.Contains((byte)'\\')
                || !Utf8.IsValid(jws.Payload)
            )
            {
                throw new BearerException(BearerError.InvalidToken);
            }

            using var json = JsonDocument.Parse(jws.Payload, s_strict);
            return Check(new ClaimReader(json.RootElement), jws.KeyId);
        }
        catch (JsonException)
        {
            throw new BearerException(BearerError.InvalidToken);
        }
    }

    private AccessToken Check(ClaimReader claims, string keyId)
    {
        var token = new AccessToken
        {
            KeyId = keyId,
            Subject = claims.Guid("sub"),
            SessionId = claims.Guid("sid"),
            IssuedAt = claims.Number("iat", MaxUnixSeconds),
            ExpiresAt = claims.Number("exp", MaxUnixSeconds),
            Version = claims.Number("ver", MaxVersion),
            Roles = claims.Texts("roles"),
            Permissions = claims.Texts("permissions"),
            Methods = claims.Has("amr") ? claims.Texts("amr") : [],
            ClientId = claims.Has("client_id") ? claims.Text("client_id") : null,
            AuthenticatedAt = claims.Has("auth_time") ? claims.Number("auth_time", MaxUnixSeconds) : null,
            AuthenticationContext = claims.Has("acr") ? claims.Text("acr") : null,
            JwtId = claims.Has("jti") ? claims.Text("jti") : null,
        };

        var now = clock.GetUtcNow();
        var latest = (now + options.ClockSkew).ToUnixTimeSeconds();
        var notBefore = claims.Has("nbf") ? claims.Number("nbf", MaxUnixSeconds) : token.IssuedAt;
        if (
            claims.Text("iss") != options.Authority
            || claims.Text("aud") != options.Audience
            || claims.Has("cnf") // bound to a key that the sender would have to prove (RFC 7800)
            || token.ExpiresAt <= token.IssuedAt
            || token.ExpiresAt - token.IssuedAt > (long)s_longestLifetime.TotalSeconds
            || long.Max(long.Max(token.IssuedAt, notBefore), token.AuthenticatedAt ?? 0) > latest
            || token.JwtId?.Length > MaxJwtIdLength
        )
        {
            throw new BearerException(BearerError.InvalidToken);
        }

        return token.ExpiresAt > (now - options.ClockSkew).ToUnixTimeSeconds()
            ? token
            : throw new BearerException(BearerError.TokenExpired);
    }

    /// <summary>Reads claims only in the form in which they are issued.</summary>
    private readonly struct ClaimReader(JsonElement claims)
    {
        private readonly JsonElement _claims =
            claims.ValueKind == JsonValueKind.Object ? claims : throw new BearerException(BearerError.InvalidToken);

        public bool Has(string name) => _claims.TryGetProperty(name, out _);

        public string Text(string name) => Text(Get(name));

        public Guid Guid(string name) =>
            Get(name) is { ValueKind: JsonValueKind.String } value
            && value.TryGetGuid(out var id)
            && id != default
            && value.ValueEquals(id.ToString("D")) // in lower case only
                ? id
                : throw new BearerException(BearerError.InvalidToken);

        public long Number(string name, long max) =>
            Get(name) is { ValueKind: JsonValueKind.Number } value
            && value.TryGetInt64(out var number)
            && number >= 1
            && number <= max
                ? number
                : throw new BearerException(BearerError.InvalidToken);

        public string[] Texts(string name) =>
            Get(name) is { ValueKind: JsonValueKind.Array } values
                ? [.. values.EnumerateArray().Select(Text)]
                : throw new BearerException(BearerError.InvalidToken);

        private JsonElement Get(string name) =>
            _claims.TryGetProperty(name, out var value) ? value : throw new BearerException(BearerError.InvalidToken);

        private static string Text(JsonElement value) =>
            value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
                ? text
                : throw new BearerException(BearerError.InvalidToken);
    }
}
