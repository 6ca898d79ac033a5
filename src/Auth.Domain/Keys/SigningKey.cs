namespace Auth.Domain.Keys;

/// <summary>A key pair that signs access tokens for a while, and verifies them for longer.</summary>
/// <remarks>
/// A key is announced before it signs, so that every verifier has seen it; it is retired when its successor takes over
/// and stays published until the last token it signed has expired. <see cref="SigningKeyChain"/> makes these changes.
/// </remarks>
public sealed class SigningKey
{
    /// <summary>The maximum length of a key id, in characters.</summary>
    public const int IdMaxLength = 64;

    /// <summary>The maximum length of an algorithm name, in characters.</summary>
    public const int AlgorithmMaxLength = 16;

    private SigningKey() { }

    /// <summary>The key id (header <c>kid</c>, RFC 7515 §4.1.4).</summary>
    public string Id { get; private set; } = null!;

    /// <summary>The position in the order of keys, from 1. Unique: of several instances that create a successor, one succeeds.</summary>
    public int Ordinal { get; private set; }

    /// <summary>The only algorithm the key may be used with (RFC 7518 §3.1).</summary>
    public string Algorithm { get; private set; } = null!;

    /// <summary>The public part as SubjectPublicKeyInfo (RFC 5280); empty for a shared secret, which has none.</summary>
    public byte[] PublicKey { get; private set; } = null!;

    /// <summary>
    /// The private part as PKCS #8, or the shared secret, encrypted under the master key and bound to id and algorithm.
    /// </summary>
    public byte[] EncryptedPrivateKey { get; private set; } = null!;

    /// <summary>When the key was created and announced.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the key starts to sign.</summary>
    public DateTimeOffset ActivatesAt { get; private set; }

    /// <summary>When the key stops signing; null while it has no successor.</summary>
    public DateTimeOffset? RetiresAt { get; private set; }

    /// <summary>When the key stops verifying; null while it has no successor.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>
    /// Whether the key was revoked in an emergency: there is no time between its retirement and its removal. It no longer
    /// verifies on any instance, whatever its clock says.
    /// </summary>
    public bool IsRevoked => RemovedAt <= RetiresAt;

    /// <summary>Creates a key from its parts.</summary>
    public static SigningKey Create(
        string id,
        int ordinal,
        string algorithm,
        byte[] publicKey,
        byte[] encryptedPrivateKey,
        DateTimeOffset now,
        DateTimeOffset activatesAt
    ) =>
        new()
        {
            Id = id,
            Ordinal = ordinal,
            Algorithm = algorithm,
            PublicKey = publicKey,
            EncryptedPrivateKey = encryptedPrivateKey,
            CreatedAt = now,
            ActivatesAt = activatesAt,
        };

    /// <summary>Whether the key may sign at an instant.</summary>
    public bool SignsAt(DateTimeOffset now) => StateAt(now) == SigningKeyState.Signing;

    /// <summary>Whether tokens of the key are accepted at an instant.</summary>
    public bool VerifiesAt(DateTimeOffset now) => StateAt(now) != SigningKeyState.Removed;

    /// <summary>The state of the key at an instant.</summary>
    public SigningKeyState StateAt(DateTimeOffset now) =>
        IsRevoked || RemovedAt <= now ? SigningKeyState.Removed
        : RetiresAt <= now ? SigningKeyState.Retired
        : ActivatesAt <= now ? SigningKeyState.Signing
        : SigningKeyState.Announced;

    /// <summary>Replaces the encrypted private part.</summary>
    public void Reencrypt(byte[] encryptedPrivateKey) => EncryptedPrivateKey = encryptedPrivateKey;

    /// <summary>Sets the end of the key's use when it gets a successor.</summary>
    /// <param name="at">When the successor starts to sign.</param>
    /// <param name="removedAt">When the last token of the key has expired.</param>
    internal void Retire(DateTimeOffset at, DateTimeOffset removedAt)
    {
        if (RetiresAt is not null)
        {
            throw new InvalidOperationException($"Signing key {Id} already has a successor.");
        }

        (RetiresAt, RemovedAt) = (at, removedAt);
    }

    /// <summary>Revokes the key immediately, in any state.</summary>
    internal void Revoke(DateTimeOffset now)
    {
        RetiresAt = RetiresAt < now ? RetiresAt : now;
        RemovedAt = RetiresAt;
    }
}
