using System.Security.Cryptography;

namespace Auth.Domain.ServiceAccounts;

/// <summary>A secret that a service account authenticates with. Only its hash is stored.</summary>
public sealed class ServiceSecret
{
    /// <summary>The length of the hash, in bytes.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    private ServiceSecret() { }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>The id of the account.</summary>
    public Guid AccountId { get; private set; }

    /// <summary>The hash of the secret.</summary>
    public byte[] Hash { get; private set; } = null!;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it expires; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>When it was last used, to within <see cref="ServiceAccount.UsePrecision"/>; null if never.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>Whether the secret has not expired at an instant.</summary>
    public bool IsAliveAt(DateTimeOffset now) => ExpiresAt is not { } end || now < end;

    internal static ServiceSecret Create(
        Guid accountId,
        ClientSecret secret,
        DateTimeOffset? expiresAt,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            AccountId = accountId,
            Hash = secret.ComputeHash(),
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };

    internal bool Matches(byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash, hash);

    internal void Use(DateTimeOffset now) => LastUsedAt = now;
}
