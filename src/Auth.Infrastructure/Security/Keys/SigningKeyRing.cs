using System.Collections.Frozen;
using Auth.Domain.Keys;

namespace Auth.Infrastructure.Security.Keys;

/// <summary>
/// The keys of this service in memory, the only ones that tokens are signed and verified with. Safe to use from many
/// threads: a load replaces the whole set at once.
/// </summary>
internal sealed class SigningKeyRing
{
    private readonly SigningKeyEncryption _encryption;
    private readonly TokenKey? _secretKey;
    private readonly Lock _loading = new();
    private volatile Snapshot _snapshot = Snapshot.Of([]);

    public SigningKeyRing(MasterKeys masterKeys, JwtOptions options)
    {
        _encryption = new(masterKeys);

        // A shared secret and key pairs are never in one set: whoever may verify with the one could sign for the other.
        _secretKey = options.Algorithm == SigningAlgorithms.HS256 ? TokenKey.FromSecret(options.Secret) : null;
    }

    /// <summary>Replaces the keys by those in the database; with a shared secret there is nothing to replace.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// A key cannot be decrypted or is not what it claims to be. The keys from before stay.
    /// </exception>
    public void Load(IReadOnlyList<SigningKey> keys)
    {
        if (_secretKey is not null)
        {
            return;
        }

        lock (_loading)
        {
            var known = _snapshot;
            _snapshot = Snapshot.Of([.. keys.Select(key => known.FindUnchanged(key) ?? Decrypt(key))]);
        }
    }

    /// <summary>The key that signs at an instant; null if there is none.</summary>
    public TokenKey? FindSigningKey(DateTimeOffset now) => _secretKey ?? _snapshot.FindSigningKey(now);

    /// <summary>
    /// The key whose tokens all begin with an encoded header, if it verifies at an instant. As the header is compared and
    /// never parsed, nothing that it could name has any effect (RFC 8725 §3.1, §3.10).
    /// </summary>
    public TokenKey? FindVerifyingKey(ReadOnlySpan<char> encodedHeader, DateTimeOffset now) =>
        _secretKey is null ? _snapshot.FindVerifyingKey(encodedHeader, now)
        : encodedHeader.SequenceEqual(_secretKey.EncodedHeader) ? _secretKey
        : null;

    private Entry Decrypt(SigningKey key) =>
        new(key, TokenKey.FromKeyPair(key.Id, key.Algorithm, _encryption.Decrypt(key), key.PublicKey));

    private sealed record Entry(SigningKey Stored, TokenKey Key);

    private sealed class Snapshot
    {
        private readonly Entry[] _newestFirst;
        private readonly FrozenDictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _byHeader;

        private Snapshot(Entry[] newestFirst)
        {
            _newestFirst = newestFirst;
            _byHeader = newestFirst
                .ToFrozenDictionary(entry => entry.Key.EncodedHeader, StringComparer.Ordinal)
                .GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public static Snapshot Of(IEnumerable<Entry> entries) =>
            new([.. entries.OrderByDescending(entry => entry.Stored.Ordinal)]);

        public TokenKey? FindSigningKey(DateTimeOffset now) =>
            Array.Find(_newestFirst, entry => entry.Stored.SignsAt(now) && entry.Stored.VerifiesAt(now))?.Key;

        public TokenKey? FindVerifyingKey(ReadOnlySpan<char> encodedHeader, DateTimeOffset now) =>
            _byHeader.TryGetValue(encodedHeader, out var entry) && entry.Stored.VerifiesAt(now) ? entry.Key : null;

        // Keys are loaded every now and then, and nearly always they are the same but for their times.
        public Entry? FindUnchanged(SigningKey key) =>
            Array.Find(_newestFirst, entry => IsSameKey(entry.Stored, key)) is { } known
                ? known with
                {
                    Stored = key,
                }
                : null;

        private static bool IsSameKey(SigningKey one, SigningKey other) =>
            one.Id == other.Id
            && one.Algorithm == other.Algorithm
            && one.PublicKey.AsSpan().SequenceEqual(other.PublicKey)
            && one.EncryptedPrivateKey.AsSpan().SequenceEqual(other.EncryptedPrivateKey);
    }
}
