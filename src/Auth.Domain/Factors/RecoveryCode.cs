namespace Auth.Domain.Factors;

/// <summary>A code that replaces a lost factor, once: its use removes the row.</summary>
public sealed class RecoveryCode
{
    /// <summary>How many codes a user gets.</summary>
    public const int Count = 10;

    private RecoveryCode() { }

    /// <summary>The keyed hash of the code, 32 bytes.</summary>
    public byte[] Hash { get; private set; } = null!;

    /// <summary>Whose it is.</summary>
    public Guid UserId { get; private set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Records a new code.</summary>
    public static RecoveryCode Create(byte[] hash, Guid userId, DateTimeOffset now) =>
        new()
        {
            Hash = hash,
            UserId = userId,
            CreatedAt = now,
        };
}
