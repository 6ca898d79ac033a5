namespace Auth.Infrastructure.Security.Passwords;

/// <summary>How passwords are hashed, and which are accepted.</summary>
public sealed class PasswordOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Passwords";

    /// <summary>The cost of new hashes: the number of rounds as a power of two, 4 to 31.</summary>
    public int BcryptCost { get; set; } = 12;

    /// <summary>Which implementation of bcrypt computes them. The stored text is the same.</summary>
    public BcryptImplementation Bcrypt { get; set; }

    /// <summary>The shortest new password, in code points.</summary>
    public int MinLength { get; set; } = 8;

    /// <summary>
    /// Names of the service, its product or its organisation: a new password made of them is refused (ASVS V6.2.11).
    /// </summary>
    public IReadOnlyList<string> ContextWords { get; set; } = [];

    /// <summary>How many hashes may wait for a free worker before requests are turned away.</summary>
    public int MaxQueuedHashes { get; set; } = 64;

    /// <summary>How many threads hash; 0 means one per core.</summary>
    public int Workers { get; set; }
}

/// <summary>An implementation of bcrypt.</summary>
public enum BcryptImplementation
{
    /// <summary>Our own, which computes up to four hashes in one loop.</summary>
    Interleaved,

    /// <summary>BCrypt.Net-Next.</summary>
    Library,
}
