using System.CommandLine;
using Auth.Api.Configuration;
using Auth.Infrastructure;

namespace Auth.Api.CommandLine;

/// <summary>Migrates the database where the service does not do so at startup.</summary>
internal static class Migration
{
    public static Command Create(CommandHost host)
    {
        var command = new Command(
            "migrate",
            "Apply pending database migrations. If several processes run it at once, one migrates and the others wait."
        );
        command.SetAction(
            (_, cancellationToken) =>
                host.RunAsync(
                    async (services, _) =>
                    {
                        foreach (var migration in await services.MigrateDatabaseAsync(cancellationToken))
                        {
                            await Console.Out.WriteLineAsync($"Applied {migration}.");
                        }

                        await Console.Out.WriteLineAsync("The schema is up to date.");
                        return ExitCodes.Success;
                    },
                    SqliteFileUse.Create
                )
        );
        return command;
    }
}
