using System.Collections.Frozen;
using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Domain.Keys;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>
/// The keys of this service in memory, the only ones that tokens are signed and verified with. Safe to use from many
/// threads: a load replaces the whole set at once.
/// </summary>
/// <remarks>
/// While the service changes over from a shared secret to key pairs, or back, both are in here. Neither can be taken for
/// the other: a token has to begin, to the letter, with the header of the key that it is verified with.
/// </remarks>
internal sealed class SigningKeyRing(SigningKeyEncryption encryption)
{
    private readonly Lock _loading = new();
    private volatile Snapshot _snapshot = Snapshot.Of([]);

    /// <summary>Replaces the keys by those in the database that can be read.</summary>
    /// <returns>
    /// Why the others cannot: under another master key, damaged, or not what they claim to be. None of them signs,
    /// verifies or is published; that they stand in the database proves nothing.
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

            _snapshot = Snapshot.Of(entries);
            return failures;
        }
    }

    /// <summary>The key that signs at an instant; null if there is none.</summary>
    public TokenKey? FindSigningKey(DateTimeOffset now) => _snapshot.FindSigning(now)?.Key;

    /// <summary>How long ago the key that signs at an instant was made; null if there is none.</summary>
    public TimeSpan? AgeOfSigningKey(DateTimeOffset now) => now - _snapshot.FindSigning(now)?.Stored.CreatedAt;

    /// <summary>
    /// The key whose tokens all begin with an encoded header, if it verifies at an instant. As the header is compared and
    /// never parsed, nothing that it could name has any effect (RFC 8725 §3.1, §3.10).
    /// </summary>
    public TokenKey? FindVerifyingKey(ReadOnlySpan<char> encodedHeader, DateTimeOffset now) =>
        _snapshot.FindVerifyingKey(encodedHeader, now);

    /// <summary>Whether this very key, found before, still verifies at an instant.</summary>
    public bool Verifies(TokenKey key, DateTimeOffset now) => _snapshot.Verifies(key, now);

    /// <summary>The public keys whose tokens hold at an instant or will later, oldest first.</summary>
    public IReadOnlyList<PublishedKey> ListPublished(DateTimeOffset now) => _snapshot.ListPublished(now);

    /// <summary>The keys as they are stored, oldest first.</summary>
    public IReadOnlyList<SigningKey> Stored => _snapshot.Stored;

    private TokenKey Decrypt(SigningKey key)
    {
        var privateKey = encryption.Decrypt(key);
        return key.Algorithm != SigningAlgorithms.HS256
                ? TokenKey.FromKeyPair(key.Id, key.Algorithm, privateKey, key.PublicKey)
            : key.PublicKey.Length == 0 ? TokenKey.FromSecret(key.Id, privateKey)
            : throw new CryptographicException($"Signing key {key.Id} is a shared secret and has a public part.");
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

        public static Snapshot Of(IEnumerable<Entry> entries) =>
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

        // Keys are loaded every second, and nearly always they are the same but for their times. How the private part is
        // encrypted does not matter: an instance goes on with a key that another one has put under a new master key.
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
