using Auth.Domain.Users;

namespace Auth.Application.Abstractions;

/// <summary>Rejects passwords that are too easy to guess.</summary>
public interface IPasswordPolicy
{
    /// <summary>Checks a new password.</summary>
    /// <param name="password">The password, exactly as sent.</param>
    /// <param name="email">The account's address; passwords made of it are rejected.</param>
    /// <param name="displayName">The account's display name; passwords made of it are rejected.</param>
    /// <returns>Why it is rejected, as a sentence for the user; null if it is accepted.</returns>
    string? Check(string password, EmailAddress email, string? displayName);
}
