using Auth.Api.Configuration;
using Auth.Api.Hosting;

namespace Auth.Api.CommandLine;

/// <summary>Runs commands with the settings and services of the service itself.</summary>
/// <param name="arguments">Settings from the command line.</param>
internal sealed class CommandHost(string[] arguments)
{
    /// <summary>Runs a command, and reports expected failures without a stack trace.</summary>
    /// <param name="run">Does the work and returns the exit code.</param>
    /// <param name="use">How the command uses the file of a SQLite database.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SettingsException">The settings are invalid.</exception>
    public async Task<int> RunAsync(
        Func<IServiceProvider, AuthSettings, Task<int>> run,
        SqliteFileUse use = SqliteFileUse.Open
    )
    {
        var builder = WebApplication.CreateBuilder(HostArguments.WithDefaults(arguments));
        var settings = builder.ReadSettings(use);
        builder.ConfigureServices(settings);
        builder.LogForCommand();
        await using var app = builder.Build();
        try
        {
            return await run(app.Services, settings);
        }
        catch (Exception exception) when (StartFailure.Find(exception, settings.Database) is { } failure)
        {
            return await failure.ReportAsync();
        }
    }
}
