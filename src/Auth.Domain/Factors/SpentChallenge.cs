namespace Auth.Domain.Factors;

/// <summary>A challenge that has been answered. It is kept until it would have expired, so that it is answered once only.</summary>
public sealed class SpentChallenge
{
    private SpentChallenge() { }

    /// <summary>The id of the challenge.</summary>
    public Guid Id { get; private set; }

    /// <summary>When the challenge expires.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Records that a challenge has been answered.</summary>
    public static SpentChallenge Create(Guid id, DateTimeOffset expiresAt) => new() { Id = id, ExpiresAt = expiresAt };
}
