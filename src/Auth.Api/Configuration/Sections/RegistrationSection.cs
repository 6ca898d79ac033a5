using Auth.Application.Abstractions;
using Auth.Domain.Roles;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the roles of new accounts.</summary>
internal static class RegistrationSection
{
    public static RegistrationPolicy Read(SettingValues values)
    {
        const string Key = "Registration:DefaultRole";
        var text = values.Text(Key) ?? Role.Viewer;
        if (RoleName.TryParse(text, out var role))
        {
            return new(role);
        }

        values.AddError(Key, $"'{text}' is not the name of a role, for example {Role.Viewer}.");
        return new(RoleName.From(Role.Viewer));
    }
}
