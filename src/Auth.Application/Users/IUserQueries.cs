using Auth.Application.Abstractions;
using Auth.Domain.Roles;
using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>Reads users to be shown.</summary>
public interface IUserQueries
{
    /// <summary>One user; null if there is none with the id.</summary>
    Task<UserDetails?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Users in the order in which they were made.</summary>
    /// <param name="filter">Which users.</param>
    /// <param name="after">The place to start behind; null for the start.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<UserDetails>> ListAsync(
        UserFilter filter,
        PageCursor? after,
        int limit,
        CancellationToken cancellationToken
    );
}

/// <summary>Which users to list; null means any.</summary>
/// <param name="EmailPrefix">The start of the e-mail address, in any case.</param>
/// <param name="Role">The name of a role.</param>
/// <param name="Status">The status.</param>
public sealed record UserFilter(string? EmailPrefix, RoleName? Role, UserStatus? Status);
