using Auth.Domain.Users;

namespace Auth.Application.Abstractions;

/// <summary>Rejects passwords that are too easily guessed.</summary>
public interface IPasswordPolicy
{
    /// <summary>Checks a new password.</summary>
    /// <param name="password">The password, exactly as sent.</param>
    /// <param name="email">The account's address; a password made of it is refused.</param>
    /// <param name="displayName">The account's display name; a password made of it is refused.</param>
    /// <returns>Why it is refused, as a sentence for the user; null if it is accepted.</returns>
    string? Check(string password, EmailAddress email, string? displayName);
}
