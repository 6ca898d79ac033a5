using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>The read model of a user. The members are those of <see cref="User"/>.</summary>
public sealed record UserDetails(
    Guid Id,
    string Email,
    string? DisplayName,
    bool EmailConfirmed,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    bool HasPassword,
    bool SecondFactorEnabled,
    UserStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignInAt
)
{
    /// <summary>Creates the read model of a user.</summary>
    public static UserDetails From(User user) =>
        new(
            user.Id,
            user.Email.Value,
            user.DisplayName,
            user.EmailConfirmed,
            user.RoleNames,
            user.EffectivePermissions,
            user.HasPassword,
            user.HasSecondFactor,
            user is { IsActive: true, IsInvited: true } ? UserStatus.Invited : user.Status,
            user.CreatedAt,
            user.LastSignInAt
        );
}
