using System.Text.Json.Serialization;
using Auth.Application.Abstractions;
using Auth.Application.Users;

namespace Auth.Api.Users;

/// <summary>Changes of the caller's own account. Omitted properties are not changed.</summary>
public sealed record ChangeMeRequest
{
    private readonly string? _displayName;

    /// <summary>The display name; null removes it.</summary>
    public string? DisplayName
    {
        get => _displayName;
        init
        {
            _displayName = value;
            HasDisplayName = true;
        }
    }

    /// <summary>Whether the display name was sent at all.</summary>
    [JsonIgnore]
    public bool HasDisplayName { get; private init; }

    /// <summary>Omits the name: at level Trace, the framework logs the arguments of actions.</summary>
    public override string ToString() => nameof(ChangeMeRequest);
}

/// <summary>The deletion of the caller's own account.</summary>
public sealed record DeleteMeRequest
{
    /// <summary>
    /// The caller's password, because an access token alone is not enough to delete the account; omitted by users who have none.
    /// </summary>
    public string? Password { get; init; }

    /// <summary>The <c>deviceToken</c> of an earlier sign-in, if any.</summary>
    public string? DeviceToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(DeleteMeRequest);
}

/// <summary>A user to invite.</summary>
public sealed record InviteUserRequest
{
    /// <summary>The e-mail address that the invitation is sent to.</summary>
    public string? Email { get; init; }

    /// <summary>The display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The names of the roles, case-insensitive; omitted for the default role.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(InviteUserRequest);
}

/// <summary>The roles of a user.</summary>
public sealed record ChangeRolesRequest
{
    /// <summary>The names of the roles, case-insensitive.</summary>
    public IReadOnlyList<string>? Roles { get; init; }
}

/// <summary>The only role of a user.</summary>
public sealed record ChangeRoleRequest
{
    /// <summary>The name of the role, case-insensitive.</summary>
    public string? Role { get; init; }
}

/// <summary>A user.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Email">The e-mail address as entered.</param>
/// <param name="DisplayName">The display name.</param>
/// <param name="EmailConfirmed">Whether the user has proved control of the e-mail address.</param>
/// <param name="Roles">The names of the user's roles, in alphabetical order.</param>
/// <param name="Permissions">The permissions that the roles grant, in alphabetical order.</param>
/// <param name="HasPassword">Whether the user has a password to sign in with.</param>
/// <param name="SecondFactorEnabled">Whether a second factor is enrolled.</param>
/// <param name="Status">
/// <c>active</c>, <c>disabled</c>, or <c>invited</c> until the user has set a first password.
/// </param>
/// <param name="CreatedAt">When the account was created.</param>
/// <param name="LastSignInAt">When the user last signed in.</param>
public sealed record UserResponse(
    Guid Id,
    string Email,
    string? DisplayName,
    bool EmailConfirmed,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    bool HasPassword,
    bool SecondFactorEnabled,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignInAt
)
{
    /// <summary>Creates the response for a user.</summary>
    public static UserResponse From(UserDetails user) =>
        new(
            user.Id,
            user.Email,
            user.DisplayName,
            user.EmailConfirmed,
            user.Roles,
            user.Permissions,
            user.HasPassword,
            user.SecondFactorEnabled,
            UserStatusNames.NameOf(user.Status),
            user.CreatedAt,
            user.LastSignInAt
        );
}

/// <summary>A page of users.</summary>
/// <param name="Items">The users, oldest first.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last page.</param>
public sealed record UserPageResponse(IReadOnlyList<UserResponse> Items, string? NextCursor)
{
    /// <summary>Creates the response for a page.</summary>
    public static UserPageResponse From(Page<UserDetails> page) =>
        new([.. page.Items.Select(UserResponse.From)], page.NextCursor);
}
