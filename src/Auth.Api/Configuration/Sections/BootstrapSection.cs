using Auth.Domain.Users;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads who the first administrator is.</summary>
internal static class BootstrapSection
{
    /// <summary>Reads the section <c>Bootstrap</c>.</summary>
    public static BootstrapSettings Read(SettingValues values)
    {
        const string EmailKey = "Bootstrap:AdminEmail";
        const string PasswordKey = "Bootstrap:AdminPassword";
        var email = values.Text(EmailKey);
        var password = values.Secret(PasswordKey);
        if (email is not null && !EmailAddress.TryParse(email, out _))
        {
            values.Refuse(EmailKey, $"'{email}' is no e-mail address.");
        }

        if (email is not null && password is null)
        {
            values.Refuse(PasswordKey, $"with {EmailKey} a password is needed.");
        }

        if (email is null && password is not null)
        {
            values.Refuse(EmailKey, $"with {PasswordKey} an e-mail address is needed.");
        }

        return new(email, password);
    }
}
