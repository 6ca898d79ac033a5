using System.Collections.Frozen;
using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Domain.Keys;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>
/// The keys in memory with which all tokens are signed and verified. Thread-safe: loading replaces the whole set at once.
/// </summary>
/// <remarks>
/// While the service changes from a shared secret to key pairs or back, the ring contains both. They cannot be confused,
/// because the header of a token must be identical to the header of the key that verifies it.
/// </remarks>
internal sealed class SigningKeyRing(SigningKeyEncryption encryption)
{
    private readonly Lock _loading = new();
    private volatile Snapshot _snapshot = Snapshot.From([]);

    /// <summary>Replaces the keys with those from the database.</summary>
    /// <returns>
    /// The errors of the keys that cannot be decrypted or are inconsistent. Such a key neither signs nor verifies and is not
    /// published: being in the database proves nothing.
    /// </returns>
    public IReadOnlyList<CryptographicException> Load(IReadOnlyList<SigningKey> keys)
    {
        lock (_loading)
        {
            var known = _snapshot;
            List<Entry> entries = [];
            List<CryptographicException> failures = [];
            foreach (var key in keys)
            {
                try
                {
                    entries.Add(known.FindUnchanged(key) ?? new(key, Decrypt(key)));
                }
                catch (CryptographicException failure)
                {
                    failures.Add(failure);
                }
            }

            _snapshot = Snapshot.From(entries);
            return failures;
        }
    }

    /// <summary>Returns the key that signs at an instant; null if there is none.</summary>
    public TokenKey? FindSigningKey(DateTimeOffset now) => _snapshot.FindSigning(now)?.Key;

    /// <summary>Returns the age of the key that signs at an instant; null if there is none.</summary>
    public TimeSpan? AgeOfSigningKey(DateTimeOffset now) => now - _snapshot.FindSigning(now)?.Stored.CreatedAt;

    /// <summary>
    /// Returns the key with an encoded header, if it verifies at an instant. The header is compared and never parsed, so
    /// nothing in it can have any effect (RFC 8725 §3.1, §3.10).
    /// </summary>
    public TokenKey? FindVerifyingKey(ReadOnlySpan<char> encodedHeader, DateTimeOffset now) =>
        _snapshot.FindVerifyingKey(encodedHeader, now);

    /// <summary>Whether a key that was found before still verifies at an instant.</summary>
    public bool Verifies(TokenKey key, DateTimeOffset now) => _snapshot.Verifies(key, now);

    /// <summary>Lists the public keys that verify at an instant or later, oldest first.</summary>
    public IReadOnlyList<PublishedKey> ListPublished(DateTimeOffset now) => _snapshot.ListPublished(now);

    /// <summary>The keys as stored, oldest first.</summary>
    public IReadOnlyList<SigningKey> Stored => _snapshot.Stored;

    private TokenKey Decrypt(SigningKey key)
    {
        var privateKey = encryption.Decrypt(key);
        return key.Algorithm != SigningAlgorithms.HS256
                ? TokenKey.FromKeyPair(key.Id, key.Algorithm, privateKey, key.PublicKey)
            : key.PublicKey.Length == 0 ? TokenKey.FromSecret(key.Id, privateKey)
            : throw new CryptographicException($"Signing key {key.Id} is a shared secret but has a public part.");
    }

    private sealed record Entry(SigningKey Stored, TokenKey Key);

    private sealed class Snapshot
    {
        private readonly Entry[] _oldestFirst;
        private readonly SigningKey[] _stored;
        private readonly FrozenDictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _byHeader;

        private Snapshot(Entry[] oldestFirst)
        {
            _oldestFirst = oldestFirst;
            _stored = Array.ConvertAll(oldestFirst, entry => entry.Stored);
            _byHeader = oldestFirst
                .ToFrozenDictionary(entry => entry.Key.EncodedHeader, StringComparer.Ordinal)
                .GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public static Snapshot From(IEnumerable<Entry> entries) =>
            new([.. entries.OrderBy(entry => entry.Stored.Ordinal)]);

        public IReadOnlyList<SigningKey> Stored => _stored;

        public Entry? FindSigning(DateTimeOffset now) =>
            SigningKeyChain.FindSigning(_stored, now) is { } key ? _oldestFirst[Array.IndexOf(_stored, key)] : null;

        public TokenKey? FindVerifyingKey(ReadOnlySpan<char> encodedHeader, DateTimeOffset now) =>
            _byHeader.TryGetValue(encodedHeader, out var entry) && entry.Stored.VerifiesAt(now) ? entry.Key : null;

        public bool Verifies(TokenKey key, DateTimeOffset now)
        {
            foreach (var entry in _oldestFirst)
            {
                if (ReferenceEquals(entry.Key, key))
                {
                    return entry.Stored.VerifiesAt(now);
                }
            }

            return false;
        }

        public IReadOnlyList<PublishedKey> ListPublished(DateTimeOffset now) =>
            [
                .. _oldestFirst
                    .Where(entry => entry.Stored.VerifiesAt(now))
                    .Select(entry => entry.Key.Published)
                    .OfType<PublishedKey>(),
            ];

        // Keys are loaded every second and rarely change, except for their times. Re-encryption under a new master key does
        // not change the key itself.
        public Entry? FindUnchanged(SigningKey key) =>
            Array.Find(_oldestFirst, entry => IsSameKey(entry.Stored, key)) is { } known
                ? known with
                {
                    Stored = key,
                }
                : null;

        private static bool IsSameKey(SigningKey one, SigningKey other) =>
            one.Id == other.Id
            && one.Algorithm == other.Algorithm
            && one.PublicKey.AsSpan().SequenceEqual(other.PublicKey);
    }
}
