using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>A user, as others and they themselves may see them.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The address as it was given.</param>
/// <param name="DisplayName">What the user wants to be called.</param>
/// <param name="EmailConfirmed">Whether the user has shown to receive mail at the address.</param>
/// <param name="Roles">The names of the roles, in order.</param>
/// <param name="Permissions">All that the roles permit, in order.</param>
/// <param name="Status">Whether the account may be used.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="LastSignInAt">When the user last signed in.</param>
public sealed record UserDetails(
    Guid Id,
    string Email,
    string? DisplayName,
    bool EmailConfirmed,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    UserStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignInAt
)
{
    /// <summary>Shows a user.</summary>
    public static UserDetails From(User user) =>
        new(
            user.Id,
            user.Email.Value,
            user.DisplayName,
            user.EmailConfirmed,
            user.RoleNames,
            user.EffectivePermissions,
            user.Status,
            user.CreatedAt,
            user.LastSignInAt
        );
}
