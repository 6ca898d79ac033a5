namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the settings that concern browsers.</summary>
internal static class BrowserSections
{
    private const string SecureKey = "Cookies:Secure";

    public static CookieSettings ReadCookies(SettingValues values)
    {
        var secure = values.Choice(
            SecureKey,
            values.IsDevelopment ? CookieSecurity.SameAsRequest : CookieSecurity.Always
        );
        if (secure != CookieSecurity.Always)
        {
            values.WarnOutsideDevelopment(
                SecureKey,
                "refresh tokens may be sent over plain HTTP, where others can read them; use Always."
            );
        }

        return new(secure);
    }

    public static SwaggerSettings ReadSwagger(SettingValues values)
    {
        const string Key = "Swagger:Enabled";
        var isEnabled = values.Switch(Key, values.IsDevelopment);
        if (isEnabled)
        {
            values.WarnOutsideDevelopment(Key, "the API documentation is public; disable it unless that is intended.");
        }

        return new(isEnabled);
    }

    public static CorsSettings ReadCors(SettingValues values)
    {
        var origins = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in values.List("Cors:AllowedOrigins"))
        {
            if (value.Contains('*', StringComparison.Ordinal))
            {
                values.AddError(
                    key,
                    "wildcards are not allowed, because requests carry credentials; list each origin."
                );
            }
            else if (WebOrigin.Normalize(value) is { } origin)
            {
                origins.Add(origin);
            }
            else
            {
                values.AddError(
                    key,
                    $"'{value}' is not an origin; use only scheme, host and port, for example https://app.example.com"
                );
            }
        }

        return new(origins);
    }
}
