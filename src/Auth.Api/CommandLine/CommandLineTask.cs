namespace Auth.Api.CommandLine;

/// <summary>Something to do once, in place of serving; named by the first words of the command line.</summary>
/// <param name="RunAsync">Does it, and answers the exit code of the process.</param>
internal sealed record CommandLineTask(Func<IServiceProvider, Task<int>> RunAsync)
{
    private const string ImportUsers = "import-users";

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">All of it.</param>
    /// <param name="task">What to do; null to serve.</param>
    /// <param name="settings">What is left, for the configuration: a path would be taken for a setting there.</param>
    /// <returns>Whether it can be understood.</returns>
    public static bool TryRead(string[] arguments, out CommandLineTask? task, out string[] settings)
    {
        switch (arguments)
        {
            case [ImportUsers, var file, .. var rest] when !file.StartsWith('-'):
                task = new(services => UserImporter.RunAsync(services, file, Console.Error));
                settings = rest;
                return true;
            case [ImportUsers, ..]:
                task = null;
                settings = [];
                return false;
            default:
                task = null;
                settings = arguments;
                return true;
        }
    }

    /// <summary>Says how it is used.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> ReportUsageAsync()
    {
        await Console.Error.WriteLineAsync(
            $"Usage: dotnet Auth.Api.dll {ImportUsers} FILE [--Section:Key=value …], one JSON object per line of the file."
        );
        return 1;
    }
}
