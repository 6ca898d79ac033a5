using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Application.Passwords;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>Creates the accounts of those who register.</summary>
internal sealed class NewUsers(
    IUserRepository users,
    IRoleRepository roles,
    AddressAvailability addresses,
    FailureReset failures,
    RegistrationPolicy registration
)
{
    /// <summary>Creates an account with the default role. The caller saves.</summary>
    public async Task<Result<User>> RegisterAsync(
        EmailAddress email,
        string passwordHash,
        string? displayName,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (await addresses.IsTakenAsync(email, cancellationToken))
        {
            return UserErrors.EmailAlreadyRegistered;
        }

        var role =
            await roles.FindByNameAsync(registration.DefaultRole, cancellationToken)
            ?? throw new InvalidOperationException($"The default role '{registration.DefaultRole}' does not exist.");
        var user = User.Register(email, passwordHash, displayName, role, now);
        users.Add(user);
        await failures.ResetAsync(email); // guesses from before there was an account
        return user;
    }
}
