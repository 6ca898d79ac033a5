using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Auth.Domain.Revocations;

namespace Auth.Infrastructure.Security.Tokens;

/// <summary>A revocation as other services learn of it: a fact that ids can be compared with, but not derived from.</summary>
internal sealed record RevocationEvent
{
    private const int HashLength = 16;

    private RevocationEvent() { }

    /// <summary>The number of the row; 0 for a key, which has none.</summary>
    public long Id { get; private init; }

    /// <summary>What is revoked: a session (s), a user (u), a role (r), a key (k), or everything (a).</summary>
    public required char Type { get; init; }

    /// <summary>The hash of the subject; empty if everything is revoked.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>Versions below this one are revoked; 0 without versions.</summary>
    public int Version { get; private init; }

    /// <summary>The last issue time that is revoked, in Unix seconds; only if everything is.</summary>
    public long IssuedUntil { get; private init; }

    /// <summary>When no token that it applies to can be valid any more, in Unix seconds.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>When it was learned, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long LearnedAt { get; private init; }

    /// <summary>Whether an administrator ended the sessions: included if all sessions were ended at the same time.</summary>
    public bool IsAdministrative { get; private init; }

    /// <summary>Describes a row.</summary>
    public static RevocationEvent From(Revocation revocation, string issuer, TimeSpan lifetime, long learnedAt) =>
        new()
        {
            Id = revocation.Id,
            Type =
                revocation.IsOfEverything ? 'a'
                : revocation.Role is not null ? 'r'
                : revocation.TokenVersion is not null ? 'u'
                : 's',
            Subject = revocation.IsOfEverything
                ? ""
                : Hash(issuer, revocation.Role ?? revocation.SubjectId.ToString("D")),
            Version = revocation.TokenVersion ?? 0,
            // One second more, because the transaction was still to be committed.
            IssuedUntil = revocation.IsOfEverything ? revocation.OccurredAt.ToUnixTimeSeconds() + 1 : 0,
            ExpiresAt = (revocation.OccurredAt + lifetime).ToUnixTimeSeconds(),
            LearnedAt = learnedAt,
            IsAdministrative = revocation.Reason == RevocationReasons.AdminRevoked,
        };

    /// <summary>Describes the withdrawal of a key.</summary>
    public static RevocationEvent OfKey(string keyId, string issuer, DateTimeOffset expiresAt) =>
        new()
        {
            Type = 'k',
            Subject = Hash(issuer, keyId),
            ExpiresAt = expiresAt.ToUnixTimeSeconds(),
        };

    /// <summary>The position before all events, from which nothing is missed.</summary>
    public static readonly string StartCursor = Base64Url.EncodeToString(new byte[HashLength]);

    /// <summary>
    /// Returns the position after this event. It is bound to its content: another database, or an earlier state of this one,
    /// may have another event with the same number.
    /// </summary>
    public string ToCursor()
    {
        Span<byte> cursor = stackalloc byte[sizeof(long) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(cursor, Id);
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Type}{Subject}{Version}"), cursor[sizeof(long)..]);
        return Base64Url.EncodeToString(cursor[..HashLength]);
    }

    /// <summary>Returns the number of the event that a cursor claims to be of; null if it is malformed.</summary>
    public static long? FindId(string cursor)
    {
        Span<byte> bytes = stackalloc byte[HashLength];
        return
            cursor.Length == Base64Url.GetEncodedLength(HashLength)
            && CanonicalBase64Url.TryDecode(cursor, bytes, out _)
            ? BinaryPrimitives.ReadInt64BigEndian(bytes)
            : null;
    }

    public void Write(Utf8JsonWriter json)
    {
        ReadOnlySpan<char> type = [Type];
        json.WriteStartObject();
        json.WriteString("t"u8, type);
        if (Subject.Length > 0)
        {
            json.WriteString("h"u8, Subject);
        }

        if (Type is 'u' or 'r')
        {
            json.WriteNumber("ver"u8, Version);
        }

        if (Type == 'a')
        {
            json.WriteNumber("iat"u8, IssuedUntil);
        }

        json.WriteNumber("exp"u8, ExpiresAt);
        json.WriteEndObject();
    }

    private static string Hash(string issuer, string value) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\0{value}")).AsSpan(0, HashLength));
}
