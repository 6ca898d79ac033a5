using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Diagnostics;

/// <summary>Checks that the schema matches this version of the service.</summary>
internal sealed class SchemaDiagnostics(AppDbContext context, DatabaseOptions options)
{
    private const string HowToMigrate =
        "Run dotnet Auth.Api.dll migrate, or the script that make migration-script writes.";

    /// <summary>Compares the applied migrations with those of this version.</summary>
    /// <returns>The results, and whether no migration is missing.</returns>
    public async Task<(IReadOnlyList<DiagnosticResult> Findings, bool IsUpToDate)> RunAsync(
        CancellationToken cancellationToken
    )
    {
        const string Subject = "Schema";
        var known = context.Database.GetMigrations().ToList();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var pending = known.Except(applied, StringComparer.Ordinal).ToList();
        var unknown = applied.Except(known, StringComparer.Ordinal).ToList();
        var findings = new List<DiagnosticResult>
        {
            pending.Count == 0 ? DiagnosticResult.Ok(Subject, "up to date")
            : options.MigrateOnStartup
                ? DiagnosticResult.Ok(Subject, $"the next start applies {string.Join(", ", pending)}")
            : DiagnosticResult.Problem(
                Subject,
                $"{string.Join(", ", pending)} not applied: the service will not start.",
                HowToMigrate
            ),
        };
        if (unknown.Count > 0)
        {
            findings.Add(
                DiagnosticResult.Warning(
                    Subject,
                    $"the database is newer than this version of the service: it includes {string.Join(", ", unknown)}.",
                    "Finish the upgrade; or, to stay with this version, restore the backup from before it."
                )
            );
        }

        return (findings, pending.Count == 0);
    }
}
