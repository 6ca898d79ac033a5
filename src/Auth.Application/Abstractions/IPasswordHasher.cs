namespace Auth.Application.Abstractions;

/// <summary>Hashes passwords, and compares them with stored hashes.</summary>
public interface IPasswordHasher
{
    /// <summary>Hashes a password as the service is configured.</summary>
    /// <exception cref="ServiceUnavailableException">Too many hashes are waiting.</exception>
    Task<string> HashAsync(string password, CancellationToken cancellationToken);

    /// <summary>
    /// Compares a password with a stored hash, in at least the time of a new hash: whether there is one or not, and whether it
    /// matches or not.
    /// </summary>
    /// <param name="password">The password, exactly as sent.</param>
    /// <param name="hash">The stored hash; null for an account that may not sign in, or does not exist; it never matches.</param>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <exception cref="ServiceUnavailableException">Too many hashes are waiting.</exception>
    Task<PasswordVerification> VerifyAsync(string password, string? hash, CancellationToken cancellationToken);

    /// <summary>Whether a text is a password hash in a supported format.</summary>
    bool CanVerify(string hash);
}

/// <summary>The result of comparing a password with a stored hash.</summary>
public enum PasswordVerification
{
    /// <summary>The password is wrong.</summary>
    Failed,

    /// <summary>The password is right.</summary>
    Success,

    /// <summary>The password is right, and the hash is of another kind, key or cost than new ones: replace it.</summary>
    SuccessRehashNeeded,
}
