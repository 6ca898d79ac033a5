namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// bcrypt (Provos and Mazières, 1999) in its <c>$2b$</c> form: bytes are unsigned, the key is the password and one NUL,
/// repeated to 72 bytes, and the rest of a longer password is ignored.
/// </summary>
internal static class Bcrypt
{
    public const int MinCost = 4;
    public const int MaxCost = 31;
    public const int SaltLength = 16;
    public const int DigestLength = 23;

    /// <summary>The number of significant bytes of a password.</summary>
    public const int MaxPasswordLength = 72;

    /// <summary>Returns the configured implementation.</summary>
    public static IBcrypt Create(BcryptImplementation implementation) =>
        implementation == BcryptImplementation.Library ? new LibraryBcrypt() : new InterleavedBcrypt();
}

/// <summary>Computes bcrypt hashes.</summary>
internal interface IBcrypt
{
    /// <summary>The number of hashes that are computed faster together than one after another.</summary>
    int MaxLanes { get; }

    /// <summary>Computes hashes of the same cost.</summary>
    void Compute(params ReadOnlySpan<BcryptJob> inputs);
}

/// <summary>A hash to compute, and its result.</summary>
internal sealed class BcryptJob
{
    /// <param name="password">The password; only the first 72 bytes are significant.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="cost">The number of rounds, as a power of two.</param>
    public BcryptJob(byte[] password, byte[] salt, int cost)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, Bcrypt.SaltLength, nameof(salt));
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, Bcrypt.MinCost);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cost, Bcrypt.MaxCost);
        (Password, Salt, Cost) = (password, salt, cost);
    }

    public byte[] Password { get; }

    public byte[] Salt { get; }

    public int Cost { get; }

    /// <summary>23 bytes, zero until computed.</summary>
    public byte[] Digest { get; } = new byte[Bcrypt.DigestLength];

    public override string ToString() => nameof(BcryptJob);
}
