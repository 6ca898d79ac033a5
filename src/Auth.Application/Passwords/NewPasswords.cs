using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Users;

namespace Auth.Application.Passwords;

/// <summary>Checks and hashes new passwords.</summary>
internal sealed class NewPasswords(IUserRepository users, IPasswordPolicy policy, IPasswordHasher passwords)
{
    /// <summary>Hashes the first password of an account.</summary>
    /// <returns>The hash; an error if the password is too easy to guess, or the address is already registered.</returns>
    public async Task<Result<string>> HashFirstAsync(
        string password,
        EmailAddress email,
        string? displayName,
        CancellationToken cancellationToken
    )
    {
        // Only avoids the expensive hash: the unique index decides.
        return
            policy.Check(password, email, displayName) is null
            && await users.FindByEmailAsync(email, cancellationToken) is not null
            ? UserErrors.EmailAlreadyRegistered
            : await HashUncheckedAsync(password, email, displayName, cancellationToken);
    }

    /// <summary>Hashes the first password of an account, without looking up whether the address is registered already.</summary>
    /// <returns>The hash; an error if the password is too easy to guess.</returns>
    public async Task<Result<string>> HashUncheckedAsync(
        string password,
        EmailAddress email,
        string? displayName,
        CancellationToken cancellationToken
    ) =>
        policy.Check(password, email, displayName) is { } refusal
            ? Error.Validation("password", refusal)
            : await passwords.HashAsync(password, cancellationToken);

    /// <summary>Hashes a password that replaces another one.</summary>
    /// <returns>The hash; an error if the password is too easy to guess.</returns>
    public async Task<Result<string>> HashNextAsync(string password, User user, CancellationToken cancellationToken) =>
        policy.Check(password, user.Email, user.DisplayName) is { } refusal
            ? Error.Validation("newPassword", refusal)
            : await passwords.HashAsync(password, cancellationToken);
}
