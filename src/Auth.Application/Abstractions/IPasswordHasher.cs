namespace Auth.Application.Abstractions;

/// <summary>Hashes passwords and verifies them against stored hashes.</summary>
public interface IPasswordHasher
{
    /// <summary>Hashes a password with the configured algorithm and cost.</summary>
    /// <exception cref="ServiceUnavailableException">Too many hashes are waiting.</exception>
    Task<string> HashAsync(string password, CancellationToken cancellationToken);

    /// <summary>
    /// Verifies a password against a stored hash, in at least the time of a new hash, whether or not there is one and
    /// whether or not it matches.
    /// </summary>
    /// <param name="password">The password, exactly as sent.</param>
    /// <param name="hash">The stored hash; null, which never matches, if the account may not sign in or does not exist.</param>
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

    /// <summary>The password is right, but the hash has an outdated format, key or cost and should be replaced.</summary>
    SuccessRehashNeeded,
}
