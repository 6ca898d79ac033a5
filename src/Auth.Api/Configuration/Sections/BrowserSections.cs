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

    public static CorsSettings ReadCors(SettingValues values) =>
        new(
            ReadOrigins(
                values,
                "Cors:AllowedOrigins",
                "wildcards are not allowed, because requests carry credentials; list each origin.",
                _ => true
            )
        );

    public static UiSettings ReadUi(SettingValues values) =>
        new(
            values.Switch("Ui:Enabled", fallback: true),
            ReadOrigins(
                values,
                "Ui:ReturnOrigins",
                "wildcards are not allowed: any page could pose as the application; list each origin.",
                // Others, such as javascript:, could run something in place of opening a page.
                origin =>
                    origin.StartsWith("https://", StringComparison.Ordinal)
                    || origin.StartsWith("http://", StringComparison.Ordinal)
            )
        );

    private static HashSet<string> ReadOrigins(
        SettingValues values,
        string list,
        string whyNoWildcards,
        Func<string, bool> isAllowed
    )
    {
        var origins = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in values.List(list))
        {
            if (value.Contains('*', StringComparison.Ordinal))
            {
                values.AddError(key, whyNoWildcards);
            }
            else if (WebOrigin.Normalize(value) is { } origin && isAllowed(origin))
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

        return origins;
    }
}
