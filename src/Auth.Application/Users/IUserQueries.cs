using Auth.Application.Abstractions;
using Auth.Domain.Roles;
using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>Reads users for display.</summary>
public interface IUserQueries
{
    /// <summary>Returns a user by id; null if there is none.</summary>
    Task<UserDetails?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Returns the users after a cursor, oldest first; null starts at the oldest.</summary>
    Task<IReadOnlyList<UserDetails>> ListAsync(
        UserFilter filter,
        PageCursor? after,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Counts the active administrators whose password alone signs them in.</summary>
    Task<int> CountAdministratorsWithoutFactorAsync(CancellationToken cancellationToken);
}

/// <summary>Filters users by the start of their address in any case, a role and their status; null means any.</summary>
public sealed record UserFilter(string? EmailPrefix, RoleName? Role, UserStatus? Status);
