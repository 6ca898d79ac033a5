using System.Text.Json;
using System.Text.Unicode;
using Auth.Domain.Users;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>
/// The claims of an access token, parsed so strictly that no two parsers could disagree: every claim that we issue must
/// occur exactly once, with the type and format that we issue (RFC 7519 §4, RFC 8725 §3.7). Tokens of services have
/// <c>client_id</c> in place of the claims about an authentication.
/// </summary>
/// <remarks>
/// Other claims are skipped, so that old instances accept the tokens of newer ones during an upgrade. They must be scalars
/// or arrays of scalars, with unique names of ASCII without upper-case letters or escapes.
/// </remarks>
internal struct AccessTokenPayload
{
    private const int MaxDepth = 2; // the object and arrays in it
    private const int MaxOtherMembers = 16;
    private const long MaxUnixSeconds = 253_402_300_799; // the end of the year 9999
    private const int MaxJwtIdLength = 64;

    private Members _seen;

    [Flags]
    private enum Members
    {
        Other = 0,
        Issuer = 1,
        Audience = 1 << 1,
        Subject = 1 << 2,
        SessionId = 1 << 3,
        JwtId = 1 << 4,
        IssuedAt = 1 << 5,
        NotBefore = 1 << 6,
        ExpiresAt = 1 << 7,
        AuthenticatedAt = 1 << 8,
        AuthenticationMethods = 1 << 9,
        TokenVersion = 1 << 10,
        Roles = 1 << 11,
        Permissions = 1 << 12,
        ClientId = 1 << 13,
        OfUser = (1 << 13) - 1,
        OfService = (OfUser & ~(AuthenticatedAt | AuthenticationMethods)) | ClientId,
    }

    /// <summary>The position of the issuer in the JSON, between the quotes.</summary>
    public Range Issuer;

    /// <summary>The position of the audience in the JSON, between the quotes.</summary>
    public Range Audience;
    public Guid Subject;
    public Guid ClientId;
    public Guid SessionId;
    public string JwtId;
    public long IssuedAt;
    public long NotBefore;
    public long ExpiresAt;
    public long AuthenticatedAt;
    public string[]? AuthenticationMethods;
    public long TokenVersion;
    public string[] Roles;
    public string[] Permissions;

    /// <summary>Whether the token belongs to a service.</summary>
    public readonly bool IsService => _seen == Members.OfService;

    public static bool TryParse(ReadOnlySpan<byte> json, out AccessTokenPayload payload)
    {
        payload = default;

        // The reader does not validate strings that are skipped, and allows white space around the object.
        if (!Utf8.IsValid(json) || !json.StartsWith("{"u8) || !json.EndsWith("}"u8))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            return payload.ReadMembers(json, ref reader) && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool ReadMembers(ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        Span<Range> others = stackalloc Range[MaxOtherMembers];
        var otherCount = 0;

        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueIsEscaped)
            {
                return false;
            }

            var name = reader.ValueSpan;
            var member = Identify(name);
            if (member == Members.Other)
            {
                if (otherCount == MaxOtherMembers || !IsPlain(name) || IsAmong(json, others[..otherCount], name))
                {
                    return false;
                }

                others[otherCount++] = StrictJson.Locate(ref reader);
            }
            else if (_seen.HasFlag(member))
            {
                return false;
            }

            _seen |= member;
            reader.Read();
            if (!ReadValue(member, ref reader))
            {
                return false;
            }
        }

        return _seen == Members.OfUser || (IsService && ClientId == Subject);
    }

    private bool ReadValue(Members member, ref Utf8JsonReader reader) =>
        member switch
        {
            Members.Issuer => StrictJson.TryLocateText(ref reader, out Issuer),
            Members.Audience => StrictJson.TryLocateText(ref reader, out Audience),
            Members.Subject => StrictJson.TryReadGuid(ref reader, out Subject),
            Members.SessionId => StrictJson.TryReadGuid(ref reader, out SessionId),
            Members.ClientId => StrictJson.TryReadGuid(ref reader, out ClientId),
            Members.JwtId => StrictJson.TryReadString(ref reader, out JwtId) && JwtId.Length <= MaxJwtIdLength,
            Members.IssuedAt => StrictJson.TryReadNumber(ref reader, MaxUnixSeconds, out IssuedAt),
            Members.NotBefore => StrictJson.TryReadNumber(ref reader, MaxUnixSeconds, out NotBefore),
            Members.ExpiresAt => StrictJson.TryReadNumber(ref reader, MaxUnixSeconds, out ExpiresAt),
            Members.AuthenticatedAt => StrictJson.TryReadNumber(ref reader, MaxUnixSeconds, out AuthenticatedAt),
            Members.AuthenticationMethods => StrictJson.TryReadStrings(ref reader, out AuthenticationMethods!),
            Members.TokenVersion => StrictJson.TryReadNumber(ref reader, AccessVersion.MaxValue, out TokenVersion),
            Members.Roles => StrictJson.TryReadStrings(ref reader, out Roles),
            Members.Permissions => StrictJson.TryReadStrings(ref reader, out Permissions),
            _ => StrictJson.TrySkip(ref reader),
        };

    private static Members Identify(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("iss"u8) ? Members.Issuer
        : name.SequenceEqual("aud"u8) ? Members.Audience
        : name.SequenceEqual("sub"u8) ? Members.Subject
        : name.SequenceEqual("sid"u8) ? Members.SessionId
        : name.SequenceEqual("client_id"u8) ? Members.ClientId
        : name.SequenceEqual("jti"u8) ? Members.JwtId
        : name.SequenceEqual("iat"u8) ? Members.IssuedAt
        : name.SequenceEqual("nbf"u8) ? Members.NotBefore
        : name.SequenceEqual("exp"u8) ? Members.ExpiresAt
        : name.SequenceEqual("auth_time"u8) ? Members.AuthenticatedAt
        : name.SequenceEqual("amr"u8) ? Members.AuthenticationMethods
        : name.SequenceEqual("ver"u8) ? Members.TokenVersion
        : name.SequenceEqual("roles"u8) ? Members.Roles
        : name.SequenceEqual("permissions"u8) ? Members.Permissions
        : Members.Other;

    // Without upper-case letters no two names differ only in case.
    private static bool IsPlain(ReadOnlySpan<byte> name) =>
        !name.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !name.ContainsAnyInRange((byte)'A', (byte)'Z');

    private static bool IsAmong(ReadOnlySpan<byte> json, ReadOnlySpan<Range> names, ReadOnlySpan<byte> name)
    {
        foreach (var range in names)
        {
            if (json[range].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}
