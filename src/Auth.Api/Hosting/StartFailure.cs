using System.Net.Sockets;
using System.Security.Cryptography;
using Auth.Api.Configuration;
using Auth.Infrastructure.Persistence;

namespace Auth.Api.Hosting;

/// <summary>A failed startup that the operator can fix: one line per problem, and no stack trace.</summary>
/// <param name="Lines">The problems and their fixes.</param>
internal sealed record StartFailure(IReadOnlyList<string> Lines)
{
    private const string HowToChoose = "use another address: --urls http://127.0.0.1:5001, or ASPNETCORE_URLS.";
    private const string Doctor = "For a full check, run dotnet Auth.Api.dll doctor.";

    /// <summary>Checks whether the operator can fix a failure.</summary>
    /// <returns>Null if the failure is a defect of the program.</returns>
    public static StartFailure? Find(Exception failure, DatabaseOptions database) =>
        failure switch
        {
            SettingsException settings => new(settings.Problems),
            CryptographicException keys => new([$"Security:MasterKey: {keys.Message} {Doctor}"]),
            PendingMigrationsException pending => new([
                $"Database: {pending.Message} Run dotnet Auth.Api.dll migrate, or set Database:MigrateOnStartup=true. {Doctor}",
            ]),
            EndPointInUseException => new([$"Urls: {failure.Message} Stop the process that uses it, or {HowToChoose}"]),
            // From Kestrel; those of a database are wrapped by its driver.
            SocketException or IOException { InnerException: AggregateException } => new([
                $"Urls: the address cannot be used: {failure.Message.TrimEnd('.')}. Please {HowToChoose}",
            ]),
            _ => DatabaseProblem.Find(failure, database) is { } problem
                ? new([$"Database: {problem.Text} {problem.Remedy} {Doctor}"])
                : null,
        };

    /// <summary>Prints the lines to standard error.</summary>
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
