namespace Auth.Api.Configuration.Sections;

/// <summary>Reads where the service is reached.</summary>
internal static class HostingSection
{
    private const string PathBaseKey = "Hosting:PathBase";

    /// <summary>Reads the section <c>Hosting</c>.</summary>
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

        values.Refuse(
            PathBaseKey,
            "this is not a usable prefix. Write a slash and letters, digits, '-', '_' or '~', for example /auth;"
                + $" it cannot begin with {string.Join(", ", PathPrefix.OwnSegments.Select(own => $"/{own}"))}."
        );
        return new(PathBase: "");
    }
}
