using Auth.Api.Hosting;
using Auth.Infrastructure;

namespace Auth.Api.CommandLine;

/// <summary>Brings the schema of the database up to date, where the service does not do it itself at start.</summary>
internal static class Migration
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } =
        new(
            "migrate",
            "brings the schema of the database up to date; several at once wait for each other",
            async (call, cancellationToken) =>
            {
                var applied = await call.Services.MigrateDatabaseAsync(cancellationToken);
                foreach (var migration in applied)
                {
                    await Console.Out.WriteLineAsync($"Applied {migration}.");
                }

                await Console.Out.WriteLineAsync("The schema is up to date.");
                return Verb.Success;
            }
        )
        {
            File = SqliteFileUse.Create,
        };
}
