using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Diagnosis;

/// <summary>Whether the schema of the database is that of this version of the service.</summary>
internal sealed class SchemaCheckup(AppDbContext context, DatabaseOptions options)
{
    private const string HowToMigrate =
        "Run dotnet Auth.Api.dll migrate, or the script that make migration-script writes.";

    /// <summary>Compares the migrations of the database with those of this version.</summary>
    /// <returns>What was found, and whether nothing is missing.</returns>
    public async Task<(IReadOnlyList<Finding> Findings, bool IsUpToDate)> RunAsync(CancellationToken cancellationToken)
    {
        const string Subject = "Schema";
        var known = context.Database.GetMigrations().ToList();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var pending = known.Except(applied, StringComparer.Ordinal).ToList();
        var unknown = applied.Except(known, StringComparer.Ordinal).ToList();
        var findings = new List<Finding>
        {
            pending.Count == 0 ? Finding.Ok(Subject, "up to date")
            : options.MigrateOnStartup ? Finding.Ok(Subject, $"the next start applies {string.Join(", ", pending)}")
            : Finding.Problem(
                Subject,
                $"{string.Join(", ", pending)} not applied, so the service does not start.",
                HowToMigrate
            ),
        };
        if (unknown.Count > 0)
        {
            findings.Add(
                Finding.Warning(
                    Subject,
                    $"the database is newer than this version of the service: it has {string.Join(", ", unknown)}.",
                    "Finish the upgrade; or, to stay with this version, restore the backup from before it."
                )
            );
        }

        return (findings, pending.Count == 0);
    }
}
