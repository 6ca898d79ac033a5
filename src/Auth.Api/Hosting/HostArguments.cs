namespace Auth.Api.Hosting;

/// <summary>What the host assumes unless it is told otherwise.</summary>
internal static class HostArguments
{
    /// <summary>Puts the assumptions before the settings of the command line: the last of two equal names counts.</summary>
    public static string[] Before(string[] settings) =>
        [
            $"--contentRoot={ContentRoot()}",
            // Settings are read once. Watching their files would fail, and the start with it, where other programs have
            // used up the user's inotify instances.
            "--hostBuilder:reloadConfigOnChange=false",
            .. settings,
        ];

    // The program's folder and not the current one: a command finds the settings and the database of the service, wherever
    // it is run. dotnet run names the project's folder instead, because build output comes and goes (launchSettings.json).
    private static string ContentRoot() =>
        Path.GetFullPath(
            Environment.GetEnvironmentVariable("DOTNET_CONTENTROOT")
                ?? Environment.GetEnvironmentVariable("ASPNETCORE_CONTENTROOT")
                ?? AppContext.BaseDirectory
        );
}
