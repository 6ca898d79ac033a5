using Auth.Domain.Common;

namespace Auth.Domain.Keys;

/// <summary>
/// The signing keys in order, each the successor of the previous one. All changes apply to the chain as a whole
/// and append a key, whose position is unique: of several instances that change it at once, one succeeds.
/// </summary>
/// <param name="keys">The keys that verify now or later, oldest first.</param>
/// <param name="policy">How long keys stay in each state.</param>
public sealed class SigningKeyChain(IReadOnlyList<SigningKey> keys, SigningKeyPolicy policy)
{
    /// <summary>The last key of the chain; null if it is empty.</summary>
    public SigningKey? Newest => keys.Count == 0 ? null : keys[^1];

    /// <summary>The position of the next key.</summary>
    public int NextOrdinal => (Newest?.Ordinal ?? 0) + 1;

    /// <summary>Whether every key but the newest has been revoked or removed.</summary>
    public bool IsSingle => keys.Count == 1;

    /// <summary>Finds the key that signs at an instant: the newest one that is due.</summary>
    /// <remarks>
    /// If none is due, the clock was set back after the keys were created. Then the oldest accepted key signs,
    /// as it did before: waiting until it is due again would not help.
    /// </remarks>
    /// <param name="keys">The keys, oldest first.</param>
    /// <param name="now">The instant.</param>
    /// <returns>The key; null if no key is accepted.</returns>
    public static SigningKey? FindSigning(IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        keys.LastOrDefault(key => key.SignsAt(now)) ?? keys.FirstOrDefault(key => key.VerifiesAt(now));

    /// <summary>The key that signs at an instant; null if there is none.</summary>
    public SigningKey? FindSigning(DateTimeOffset now) => FindSigning(keys, now);

    /// <summary>The state of a key of the chain at an instant.</summary>
    public SigningKeyState StateOf(SigningKey key, DateTimeOffset now) =>
        key == FindSigning(now) ? SigningKeyState.Signing : key.StateAt(now);

    /// <summary>The key that is published but does not sign yet; null if there is none.</summary>
    public SigningKey? FindAnnounced(DateTimeOffset now) =>
        Newest is { } newest && StateOf(newest, now) == SigningKeyState.Announced ? newest : null;

    /// <summary>
    /// Whether it is time to announce the next key, which takes over at the end of the newest one's rotation period. A key
    /// created by a clock far ahead is replaced at once, because its rotation would be late by as much.
    /// </summary>
    public bool IsSuccessorDue(DateTimeOffset now) =>
        Newest is not { } newest
        || newest.ActivatesAt + policy.RotationPeriod - policy.AnnouncePeriod <= now
        || (
            newest.ActivatesAt > now + policy.AnnouncePeriod + InstanceClocks.MaxDifference
            && newest == FindSigning(now)
        );

    /// <summary>
    /// Returns when a key that is announced now starts to sign: the first one immediately, because no other key is known,
    /// and none before another announced one.
    /// </summary>
    public DateTimeOffset NextActivation(DateTimeOffset now)
    {
        var announced = now + policy.AnnouncePeriod;
        return Newest is null ? now
            : FindAnnounced(now) is { } next && announced < next.ActivatesAt ? next.ActivatesAt
            : announced;
    }

    /// <summary>Retires the newest key when its successor starts to sign. Earlier tokens stay valid.</summary>
    public void Append(SigningKey successor) =>
        Newest?.Retire(successor.ActivatesAt, successor.ActivatesAt + policy.TokenLifetime);

    /// <summary>Revokes all keys at once. Their tokens are no longer valid.</summary>
    public void Replace(DateTimeOffset now)
    {
        foreach (var key in keys)
        {
            key.Revoke(now);
        }
    }
}
