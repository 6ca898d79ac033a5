using Auth.Application.Abstractions;
using Auth.Domain.Roles;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads how accounts are registered.</summary>
internal static class RegistrationSection
{
    private const string RoleKey = "Registration:DefaultRole";
    private const string ConfirmationKey = "Registration:EmailConfirmation";

    public static RegistrationPolicy Read(SettingValues values, bool sendsMail)
    {
        var confirmation = values.Choice(
            ConfirmationKey,
            sendsMail ? EmailConfirmation.Optional : EmailConfirmation.None
        );
        if (confirmation != EmailConfirmation.None && !sendsMail)
        {
            values.AddError(
                ConfirmationKey,
                $"'{confirmation}' requires mail; set Mail:Transport, or use {EmailConfirmation.None}."
            );
        }

        return new(ReadRole(values), confirmation);
    }

    private static RoleName ReadRole(SettingValues values)
    {
        var text = values.Text(RoleKey) ?? Role.Viewer;
        if (RoleName.TryParse(text, out var role))
        {
            return role;
        }

        values.AddError(RoleKey, $"'{text}' is not the name of a role, for example {Role.Viewer}.");
        return RoleName.From(Role.Viewer);
    }
}
