using Auth.Domain.Roles;
using Auth.Domain.Sessions;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads what sensitive operations require of the caller's authentication.</summary>
internal static class StepUpSection
{
    private const string RolesKey = "SecondFactor:RequiredForRoles";
    private const string MaxAgeKey = "StepUp:MaxAge";

    /// <summary>Reads the sections <c>StepUp</c> and <c>SecondFactor</c>.</summary>
    public static StepUpPolicy Read(SettingValues values)
    {
        var defaults = new StepUpPolicy();
        var roles = new List<string>();
        foreach (var (key, value) in values.List(RolesKey))
        {
            if (RoleName.TryParse(value, out var role))
            {
                roles.Add(role.Value);
            }
            else
            {
                values.AddError(key, $"'{value}' is not the name of a role, for example {Role.Admin}.");
            }
        }

        var policy = defaults with
        {
            MaxAge = values.Duration(MaxAgeKey, defaults.MaxAge, TimeSpan.Zero, TimeSpan.FromDays(1)),
            SecondFactorRoles = roles,
        };
        if (!policy.IsEnabled)
        {
            values.Warn(
                MaxAgeKey,
                "sensitive operations do not require a recent authentication; a stolen access token suffices for them."
            );
        }

        if (!roles.Contains(Role.Admin, StringComparer.OrdinalIgnoreCase))
        {
            values.WarnOutsideDevelopment(
                RolesKey,
                $"administrators need no second factor for their changes; add {Role.Admin}."
            );
        }

        return policy;
    }
}
