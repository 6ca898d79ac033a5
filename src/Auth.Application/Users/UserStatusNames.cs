using Auth.Domain.Users;

namespace Auth.Application.Users;

/// <summary>How the status of a user is written.</summary>
public static class UserStatusNames
{
    /// <summary>Writes a status.</summary>
    public static string NameOf(UserStatus status) =>
        status switch
        {
            UserStatus.Active => "active",
            UserStatus.Disabled => "disabled",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
        };

    /// <summary>Reads a status.</summary>
    public static bool TryParse(string? name, out UserStatus status)
    {
        status = name == "disabled" ? UserStatus.Disabled : UserStatus.Active;
        return name is "active" or "disabled";
    }
}
