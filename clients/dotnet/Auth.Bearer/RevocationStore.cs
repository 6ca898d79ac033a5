using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Auth.Bearer;

/// <summary>
/// The revocations in memory. They are facts: each is kept until its own expiry, whatever later documents contain, so neither an
/// old document nor one of an instance that is behind takes anything back. Thread-safe.
/// </summary>
internal sealed class RevocationStore(AuthBearerOptions options, TimeProvider clock)
{
    private const int UserBits = 20; // of the claim ver: the rest is the version of the roles

    private readonly ConcurrentDictionary<UInt128, Entry> _sessions = new();
    private readonly ConcurrentDictionary<UInt128, Entry> _users = new();
    private readonly ConcurrentDictionary<UInt128, Entry> _roles = new();
    private readonly ConcurrentDictionary<UInt128, Entry> _keys = new();
    private readonly Lock _changing = new();
    private volatile Entry? _everything;
    private volatile Freshness? _freshness;

    /// <summary>Whether there is no document that has not expired: tokens may have been revoked since.</summary>
    public bool IsStale => _freshness is not { } known || known.HasEnded(clock, options.ClockSkew);

    /// <summary>The number of revocations.</summary>
    public int Count => _sessions.Count + _users.Count + _roles.Count + _keys.Count + (_everything is null ? 0 : 1);

    /// <summary>Adds the revocations of a genuine document.</summary>
    /// <returns>Whether a key was withdrawn that was not known to be.</returns>
    public bool Add(RevocationsData document)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var keys = _keys.Count;
        foreach (var added in document.Events)
        {
            if (added.ExpiresAt > now)
            {
                Add(added);
            }
        }

        lock (_changing)
        {
            // A document that is older than another extends nothing.
            if (_freshness is not { } known || document.ExpiresAt >= known.ExpiresAt)
            {
                _freshness = new(
                    document.ExpiresAt,
                    TimeSpan.FromSeconds(document.ExpiresAt - document.IssuedAt),
                    clock.GetTimestamp()
                );
            }
        }

        return _keys.Count > keys;
    }

    /// <summary>Removes the revocations that have expired.</summary>
    public void RemoveExpired()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var entries in (ConcurrentDictionary<UInt128, Entry>[])[_sessions, _users, _roles, _keys])
        {
            foreach (var entry in entries)
            {
                if (entry.Value.ExpiresAt <= now)
                {
                    entries.TryRemove(entry); // only this value: it may have been replaced
                }
            }
        }
    }

    /// <summary>Whether a signing key was withdrawn.</summary>
    public bool IsWithdrawn(string keyId) => !_keys.IsEmpty && IsKnown(_keys, keyId, out _);

    /// <summary>Returns the error of a token that was revoked; null if it was not.</summary>
    public BearerError? Find(AccessToken token)
    {
        if (IsWithdrawn(token.KeyId))
        {
            return BearerError.InvalidToken;
        }

        if (!_sessions.IsEmpty && IsKnown(_sessions, token.SessionId.ToString("D"), out _))
        {
            return BearerError.Revoked(reason: null, refresh: false);
        }

        // Whether the session goes on is not in the list: if it does not, the refresh says why. Services have nothing to refresh.
        var mayRefresh = token.ClientId is null;
        if (
            (
                !_users.IsEmpty
                && IsKnown(_users, token.Subject.ToString("D"), out var user)
                && (token.Version & ((1 << UserBits) - 1)) < user.Value
            ) || (_everything is { } everything && token.IssuedAt <= everything.Value && !IsExpired(everything))
        )
        {
            return BearerError.Revoked(reason: null, mayRefresh);
        }

        if (!_roles.IsEmpty)
        {
            foreach (var name in token.Roles)
            {
                if (IsKnown(_roles, name, out var role) && token.Version >> UserBits < role.Value)
                {
                    return BearerError.Revoked("roles_changed", mayRefresh);
                }
            }
        }

        return null;
    }

    private void Add(RevocationData added)
    {
        switch (added)
        {
            case { Type: "s", Subject: { } session }:
                Add(_sessions, session, 0, added.ExpiresAt);
                break;
            case { Type: "u", Subject: { } user, Version: { } version }:
                Add(_users, user, version, added.ExpiresAt);
                break;
            case { Type: "r", Subject: { } role, Version: { } version }:
                Add(_roles, role, version, added.ExpiresAt);
                break;
            case { Type: "k", Subject: { } key }:
                Add(_keys, key, 0, added.ExpiresAt);
                break;
            case { Type: "a", IssuedUntil: { } issuedUntil }:
                lock (_changing)
                {
                    var entry = new Entry(issuedUntil, added.ExpiresAt);
                    _everything = _everything?.With(entry) ?? entry;
                }

                break;
            default:
                break; // of a later version of the issuer
        }
    }

    private static void Add(ConcurrentDictionary<UInt128, Entry> entries, string subject, long value, long expiresAt)
    {
        if (CompactJws.TryDecode(Encoding.UTF8.GetBytes(subject)) is { Length: 16 } hash)
        {
            entries.AddOrUpdate(
                BinaryPrimitives.ReadUInt128BigEndian(hash),
                static (_, added) => added,
                static (_, known, added) => known.With(added),
                new Entry(value, expiresAt)
            );
        }
    }

    private bool IsKnown(ConcurrentDictionary<UInt128, Entry> entries, string value, out Entry entry) =>
        entries.TryGetValue(Hash(value), out entry!) && !IsExpired(entry);

    private bool IsExpired(Entry entry) => entry.ExpiresAt <= clock.GetUtcNow().ToUnixTimeSeconds();

    private UInt128 Hash(string value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Authority}\0{value}"), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>A version or a time below which tokens are revoked.</summary>
    private sealed record Entry(long Value, long ExpiresAt)
    {
        public Entry With(Entry other) => new(long.Max(Value, other.Value), long.Max(ExpiresAt, other.ExpiresAt));
    }

    /// <summary>
    /// How long a document is current: as long as the issuer says, measured here, but not after its expiry, because it may have
    /// been held back.
    /// </summary>
    private sealed record Freshness(long ExpiresAt, TimeSpan Lifetime, long ReceivedAt)
    {
        public bool HasEnded(TimeProvider clock, TimeSpan skew) =>
            clock.GetElapsedTime(ReceivedAt) > Lifetime || (clock.GetUtcNow() - skew).ToUnixTimeSeconds() >= ExpiresAt;
    }
}
