namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the URL prefix of the service.</summary>
internal static class HostingSection
{
    private const string PathBaseKey = "Hosting:PathBase";

    public static HostingSettings Read(SettingValues values)
    {
        if (values.Text(PathBaseKey) is not { } text)
        {
            return new(PathBase: "");
        }

        if (PathPrefix.Normalize(text) is { } prefix)
        {
            return new(prefix);
        }

        values.AddError(
            PathBaseKey,
            "the value is not a valid prefix. Use a slash and letters, digits, '-', '_' or '~', for example /auth;"
                + $" it must not start with {string.Join(", ", PathPrefix.OwnSegments.Select(own => $"/{own}"))}."
        );
        return new(PathBase: "");
    }
}
