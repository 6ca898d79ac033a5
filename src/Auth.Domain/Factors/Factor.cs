namespace Auth.Domain.Factors;

/// <summary>What a user has beside their password: an authenticator app or a passkey.</summary>
public sealed class Factor
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameMaxLength = 64;

    /// <summary>How many authenticator apps a user may have.</summary>
    public const int MaxTotp = 5;

    /// <summary>How many passkeys a user may have.</summary>
    public const int MaxPasskeys = 10;

    /// <summary>How long an enrolment may take.</summary>
    public static readonly TimeSpan EnrolmentLifetime = TimeSpan.FromMinutes(10);

    private Factor() { }

    /// <summary>A version 7 UUID.</summary>
    public Guid Id { get; private set; }

    /// <summary>Whose it is.</summary>
    public Guid UserId { get; private set; }

    /// <summary>What it is.</summary>
    public FactorKind Kind { get; private set; }

    /// <summary>The name the user gave it; 1 to 64 characters.</summary>
    public string? Name { get; private set; }

    /// <summary>The secret of an authenticator app, encrypted under the master key; null for a passkey.</summary>
    public byte[]? SealedSecret { get; private set; }

    /// <summary>The time step of the last code that was accepted (RFC 6238 §4.2); codes up to it are used up.</summary>
    public long LastStep { get; private set; }

    /// <summary>The credential of a passkey; null for an authenticator app.</summary>
    public PasskeyCredential? Passkey { get; private set; }

    /// <summary>Incremented by each change: of two that compete, the second to save has to read again.</summary>
    public int Version { get; private set; }

    /// <summary>The user while the enrolment is not confirmed, of which there is one at a time; then null.</summary>
    public Guid? PendingUserId { get; private set; }

    /// <summary>When the enrolment began.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was last used to authenticate; null before the first time.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>Whether it can be used: an authenticator app first has to prove that it shows the right codes.</summary>
    public bool IsConfirmed => PendingUserId is null;

    /// <summary>Begins the enrolment of an authenticator app.</summary>
    public static Factor EnrolTotp(Guid id, Guid userId, string? name, byte[] sealedSecret, DateTimeOffset now) =>
        new()
        {
            Id = id,
            UserId = userId,
            PendingUserId = userId,
            Kind = FactorKind.Totp,
            Name = name,
            SealedSecret = sealedSecret,
            CreatedAt = now,
        };

    /// <summary>Imports an authenticator app that the user already has.</summary>
    public static Factor ImportTotp(Guid id, Guid userId, byte[] sealedSecret, DateTimeOffset now) =>
        new()
        {
            Id = id,
            UserId = userId,
            Kind = FactorKind.Totp,
            SealedSecret = sealedSecret,
            CreatedAt = now,
        };

    /// <summary>Adds a passkey.</summary>
    public static Factor AddPasskey(Guid userId, string? name, PasskeyCredential credential, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            Kind = FactorKind.Passkey,
            Name = name,
            Passkey = credential,
            CreatedAt = now,
        };

    /// <summary>Whether it is an enrolment that was not confirmed in time.</summary>
    public bool IsExpiredAt(DateTimeOffset now) => !IsConfirmed && now - CreatedAt >= EnrolmentLifetime;

    /// <summary>Confirms the enrolment with a code of a time step, which is used up by that.</summary>
    public void Confirm(long step, DateTimeOffset now)
    {
        PendingUserId = null;
        UseStep(step, now);
    }

    /// <summary>Uses up the code of a time step, and those of all earlier ones.</summary>
    /// <returns>False if it is used up already.</returns>
    public bool TryUseStep(long step, DateTimeOffset now)
    {
        if (step <= LastStep)
        {
            return false;
        }

        UseStep(step, now);
        return true;
    }

    /// <summary>Records the use of a passkey.</summary>
    /// <param name="counter">The signature counter of the authenticator; 0 if it has none.</param>
    /// <param name="isBackedUp">Whether the passkey is backed up now.</param>
    /// <param name="now">The current time.</param>
    /// <returns>False if the counter did not grow, which may mean that the passkey was copied.</returns>
    public bool UsePasskey(long counter, bool isBackedUp, DateTimeOffset now)
    {
        var grows = counter > Passkey!.SignatureCounter || (counter == 0 && Passkey.SignatureCounter == 0);
        Passkey.Use(counter, isBackedUp);
        LastUsedAt = now;
        Version++;
        return grows;
    }

    /// <summary>Changes the name.</summary>
    public void Rename(string? name)
    {
        Name = name;
        Version++;
    }

    private void UseStep(long step, DateTimeOffset now)
    {
        LastStep = step;
        LastUsedAt = now;
        Version++;
    }
}

/// <summary>The kinds of factors.</summary>
public enum FactorKind
{
    /// <summary>An authenticator app that shows time-based one-time codes (RFC 6238).</summary>
    Totp,

    /// <summary>A passkey (WebAuthn).</summary>
    Passkey,
}
