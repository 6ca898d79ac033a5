using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>The names of user statuses.</summary>
public static class UserStatusNames
{
    /// <summary>Formats a status.</summary>
    public static string NameOf(UserStatus status) =>
        status switch
        {
            UserStatus.Active => "active",
            UserStatus.Disabled => "disabled",
            UserStatus.Invited => "invited",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
        };

    /// <summary>Parses a status.</summary>
    public static bool TryParse(string? name, out UserStatus status)
    {
        status = name switch
        {
            "disabled" => UserStatus.Disabled,
            "invited" => UserStatus.Invited,
            _ => UserStatus.Active,
        };
        return name is "active" or "disabled" or "invited";
    }
}
