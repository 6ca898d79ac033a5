using Auth.Domain.Users;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the first administrator.</summary>
internal static class BootstrapSection
{
    public static BootstrapSettings Read(SettingValues values)
    {
        const string EmailKey = "Bootstrap:AdminEmail";
        const string PasswordKey = "Bootstrap:AdminPassword";
        var email = values.Text(EmailKey);
        var password = values.Secret(PasswordKey);
        if (email is not null && !EmailAddress.TryParse(email, out _))
        {
            values.AddError(EmailKey, $"'{email}' is not a valid e-mail address.");
        }

        if (email is not null && password is null)
        {
            values.AddError(PasswordKey, $"a password is required together with {EmailKey}.");
        }

        if (email is null && password is not null)
        {
            values.AddError(EmailKey, $"an e-mail address is required together with {PasswordKey}.");
        }

        return new(email, password);
    }
}
