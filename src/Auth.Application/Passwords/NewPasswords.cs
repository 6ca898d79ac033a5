using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Users;

namespace Auth.Application.Passwords;

/// <summary>Checks and hashes new passwords.</summary>
internal sealed class NewPasswords(IUserRepository users, IPasswordPolicy policy, IPasswordHasher passwords)
{
    /// <summary>Hashes the first password of an account.</summary>
    /// <returns>The hash; an error if the password is too easily guessed, or the address is registered already.</returns>
    public async Task<Result<string>> HashFirstAsync(
        string password,
        EmailAddress email,
        string? displayName,
        CancellationToken cancellationToken
    )
    {
        if (policy.Check(password, email, displayName) is { } refusal)
        {
            return Error.Validation("password", refusal);
        }

        // Only to save the expensive hash: the unique index decides.
        return await users.FindByEmailAsync(email, cancellationToken) is null
            ? await passwords.HashAsync(password, cancellationToken)
            : UserErrors.EmailAlreadyRegistered;
    }

    /// <summary>Hashes the password that replaces another one.</summary>
    /// <returns>The hash; an error if the password is too easily guessed.</returns>
    public async Task<Result<string>> HashNextAsync(string password, User user, CancellationToken cancellationToken) =>
        policy.Check(password, user.Email, user.DisplayName) is { } refusal
            ? Error.Validation("newPassword", refusal)
            : await passwords.HashAsync(password, cancellationToken);
}
