namespace Auth.Application.Abstractions;

/// <summary>Challenges are not stored: the client keeps them, encrypted under the master key, until it answers.</summary>
public interface IChallenges
{
    /// <summary>Encrypts a challenge.</summary>
    string Seal(Challenge challenge);

    /// <summary>Decrypts a challenge.</summary>
    /// <returns>Null if this service did not create it for this purpose, or if it has expired.</returns>
    Challenge? Open(string? text, ChallengePurpose purpose, DateTimeOffset now);
}

/// <summary>What a client has to answer.</summary>
/// <param name="Purpose">What the answer is good for.</param>
/// <param name="Id">Identifies the challenge, which is answered once only.</param>
/// <param name="ExpiresAt">Until when it can be answered.</param>
public sealed record Challenge(ChallengePurpose Purpose, Guid Id, DateTimeOffset ExpiresAt) : SecretRecord
{
    /// <summary>How long a client may take to answer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Who has to answer; null for anybody.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The token version of the user, so that a change of the password or the factors makes it void.</summary>
    public int TokenVersion { get; init; }

    /// <summary>The known device that has to answer; null for any.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Whether the password took the only attempt that was allowed: then the answer gets a single one, too.</summary>
    public bool IsSingleAttempt { get; init; }

    /// <summary>Creates a challenge.</summary>
    public static Challenge Create(ChallengePurpose purpose, DateTimeOffset now) =>
        new(purpose, Guid.CreateVersion7(now), now + Lifetime);
}

/// <summary>What the answer to a challenge is good for.</summary>
public enum ChallengePurpose
{
    /// <summary>Completing a sign-in whose password was right.</summary>
    SecondFactor = 1,

    /// <summary>Signing in with a passkey.</summary>
    PasskeySignIn = 2,

    /// <summary>Adding a passkey.</summary>
    PasskeyRegistration = 3,

    /// <summary>Authenticating again with a passkey.</summary>
    PasskeyStepUp = 4,
}
