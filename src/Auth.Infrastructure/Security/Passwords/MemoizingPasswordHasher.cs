using Auth.Application.Abstractions;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// Hashes a password once for a command, however often the command is run: one that has lost a race is run again, and
/// must neither take several times as long nor compete with sign-ins for the processor.
/// </summary>
/// <param name="passwords">Hashes.</param>
internal sealed class MemoizingPasswordHasher(PasswordHasher passwords) : IPasswordHasher
{
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Password, string? Hash), PasswordVerification> _verifications = [];

    /// <inheritdoc/>
    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        if (!_hashes.TryGetValue(password, out var hash))
        {
            hash = await passwords.HashAsync(password, cancellationToken);
            _hashes.Add(password, hash);
        }

        return hash;
    }

    /// <inheritdoc/>
    public async Task<PasswordVerification> VerifyAsync(
        string password,
        string? hash,
        CancellationToken cancellationToken
    )
    {
        if (_verifications.TryGetValue((password, hash), out var known))
        {
            return known;
        }

        // The account was deleted or locked meanwhile, and the time has been spent before.
        if (hash is null && _verifications.Count > 0)
        {
            return PasswordVerification.Wrong;
        }

        // A stored hash that somebody has replaced meanwhile is another question: that of another password, perhaps.
        var verification = await passwords.VerifyAsync(password, hash, cancellationToken);
        _verifications.Add((password, hash), verification);
        return verification;
    }

    /// <inheritdoc/>
    public bool CanVerify(string hash) => passwords.CanVerify(hash);
}
