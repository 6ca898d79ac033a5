using Auth.Application.Abstractions;
using Auth.Domain.Roles;

namespace Auth.Api.Hosting.Sections;

/// <summary>Reads what new accounts get.</summary>
internal static class RegistrationSection
{
    /// <summary>Reads the section <c>Registration</c>.</summary>
    public static RegistrationPolicy Read(SettingValues values)
    {
        const string Key = "Registration:DefaultRole";
        var role = values.Text(Key) ?? Role.Viewer;
        if (!Role.IsValidName(role))
        {
            values.Refuse(Key, $"'{role}' is not the name of a role, for example {Role.Viewer}.");
        }

        return new(role);
    }
}
