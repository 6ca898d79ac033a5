using System.Net.Sockets;
using System.Security.Cryptography;
using Auth.Api.Configuration;
using Auth.Infrastructure.Persistence;

namespace Auth.Api.Hosting;

/// <summary>What keeps the program from starting, for whoever runs it: one readable line each, and no stack trace.</summary>
/// <param name="Lines">What is wrong and how to mend it.</param>
internal sealed record StartFailure(IReadOnlyList<string> Lines)
{
    private const string HowToChoose = "choose another address: --urls http://127.0.0.1:5001, or ASPNETCORE_URLS.";
    private const string Doctor = "dotnet Auth.Api.dll doctor checks all of it.";

    /// <summary>Finds out whether whoever runs the program can mend a failure.</summary>
    /// <returns>What to tell them; null if the failure is a defect of the program.</returns>
    public static StartFailure? Find(Exception failure, DatabaseOptions database) =>
        failure switch
        {
            SettingsException settings => new(settings.Problems),
            CryptographicException keys => new([$"Security:MasterKey: {keys.Message} {Doctor}"]),
            PendingMigrationsException pending => new([
                $"Database: {pending.Message} Run dotnet Auth.Api.dll migrate, or set Database:MigrateOnStartup=true. {Doctor}",
            ]),
            EndPointInUseException => new([$"Urls: {failure.Message} Stop what uses it, or {HowToChoose}"]),
            // The server's own; those of a database are wrapped by its driver.
            SocketException or IOException { InnerException: AggregateException } => new([
                $"Urls: this address cannot be used: {failure.Message.TrimEnd('.')}. Please {HowToChoose}",
            ]),
            _ => DatabaseProblem.Find(failure, database) is { } problem
                ? new([$"Database: {problem.Text} {problem.Remedy} {Doctor}"])
                : null,
        };

    /// <summary>Prints it where operators look for it.</summary>
    /// <returns>The exit code of the process.</returns>
    public async Task<int> ReportAsync()
    {
        foreach (var line in Lines)
        {
            await Console.Error.WriteLineAsync(line);
        }

        return 1;
    }
}
