namespace Auth.Infrastructure.Security.Passwords;

/// <summary>The hashing and the rules of passwords.</summary>
public sealed class PasswordOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Passwords";

    /// <summary>The cost of new hashes: the number of rounds as a power of two, 4 to 31.</summary>
    public int BcryptCost { get; set; } = 12;

    /// <summary>The implementation of bcrypt; the stored text is the same.</summary>
    public BcryptImplementation Bcrypt { get; set; }

    /// <summary>The minimum length of new passwords, in code points.</summary>
    public int MinLength { get; set; } = 8;

    /// <summary>Names of the service, product or organization; passwords made of them are rejected (ASVS V6.2.11).</summary>
    public IReadOnlyList<string> ContextWords { get; set; } = [];

    /// <summary>How many hashes may wait before requests are rejected.</summary>
    public int MaxQueuedHashes { get; set; } = 64;

    /// <summary>The number of hashing threads; 0 means one per core.</summary>
    public int Workers { get; set; }
}

/// <summary>An implementation of bcrypt.</summary>
public enum BcryptImplementation
{
    /// <summary>Our own implementation, which computes up to four hashes in one loop.</summary>
    Interleaved,

    /// <summary>BCrypt.Net-Next.</summary>
    Library,
}
