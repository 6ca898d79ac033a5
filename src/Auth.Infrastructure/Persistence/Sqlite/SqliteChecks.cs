using System.Data.Common;
using Auth.Infrastructure.Persistence.Diagnostics;

namespace Auth.Infrastructure.Persistence.Sqlite;

/// <summary>The checks of <c>doctor</c> for SQLite.</summary>
internal static class SqliteChecks
{
    private const long SynchronousFull = 2;

    public static readonly EngineCheck Version = EngineChecks.Create<string>(
        "SELECT sqlite_version()",
        version => DiagnosticResult.Ok("Engine", $"SQLite {version}")
    );

    public static readonly EngineCheck Journal = EngineChecks.Create<string>(
        "PRAGMA journal_mode",
        mode =>
            mode == "wal"
                ? DiagnosticResult.Ok("Journal", "write-ahead log")
                : DiagnosticResult.Warning(
                    "Journal",
                    $"journal_mode is {mode}, so readers and writers wait for each other.",
                    "Start the service, which sets WAL; if the mode reverts, the file system does not support it: use a local disk."
                )
    );

    public static readonly EngineCheck Durability = EngineChecks.Create<long>(
        "PRAGMA synchronous",
        synchronous =>
            synchronous >= SynchronousFull
                ? DiagnosticResult.Ok("Durability", "commits are flushed to disk before they are acknowledged")
                : DiagnosticResult.Problem(
                    "Durability",
                    "a power failure can lose acknowledged changes.",
                    "Remove the synchronous setting from ConnectionStrings:Auth."
                )
    );

    public static readonly EngineCheck Integrity = EngineChecks.Create<string>(
        "PRAGMA quick_check(1)",
        answer =>
            answer == "ok"
                ? DiagnosticResult.Ok("Integrity", "quick_check found no errors")
                : DiagnosticResult.Problem(
                    "Integrity",
                    $"the file is damaged: {answer}",
                    "Stop the service and restore the database from a backup."
                )
    );

    /// <summary>Takes and releases the write lock, which fails if the file is read-only.</summary>
    public static async Task<DiagnosticResult> CheckAccessAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE; ROLLBACK;";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return DiagnosticResult.Ok("Access", "read-write");
    }

    /// <summary>EF Core's migration lock is a row on SQLite, which remains if its owner is killed, and blocks everyone else.</summary>
    public static async Task<DiagnosticResult> CheckMigrationLockAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        const string Subject = "Migration lock";
        var exists = await connection.ReadAsync<string>(
            "SELECT name FROM sqlite_master WHERE name = '__EFMigrationsLock'",
            cancellationToken
        );
        var since = exists is null
            ? null
            : await connection.ReadAsync<string>("SELECT Timestamp FROM __EFMigrationsLock", cancellationToken);
        return since is null
            ? DiagnosticResult.Ok(Subject, "free")
            : DiagnosticResult.Warning(
                Subject,
                $"held since {since}; migrations wait for it.",
                "If no process is migrating, a migration was interrupted: restore the backup from before, or, if the"
                    + " schema is correct, DELETE FROM __EFMigrationsLock."
            );
    }
}
