namespace Auth.Api.Hosting;

/// <summary>The defaults of the host.</summary>
internal static class HostArguments
{
    /// <summary>Prepends the defaults to the settings of the command line: the last of two equal names wins.</summary>
    public static string[] WithDefaults(string[] settings) =>
        [
            $"--contentRoot={ContentRoot()}",
            // Settings are read once. Watching their files would fail at startup where other programs have used up the
            // user's inotify instances.
            "--hostBuilder:reloadConfigOnChange=false",
            .. settings,
        ];

    // The folder of the program, not the current one, so that commands find the settings and database of the service. dotnet
    // run sets the project folder instead, because build output comes and goes (launchSettings.json).
    private static string ContentRoot() =>
        Path.GetFullPath(
            Environment.GetEnvironmentVariable("DOTNET_CONTENTROOT")
                ?? Environment.GetEnvironmentVariable("ASPNETCORE_CONTENTROOT")
                ?? AppContext.BaseDirectory
        );
}
