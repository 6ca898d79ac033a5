using System.Data.Common;
using Auth.Infrastructure.Persistence;

namespace Auth.Infrastructure.Diagnosis;

/// <summary>Looks at one thing through an open connection.</summary>
internal delegate Task<Finding> EngineCheck(DbConnection connection, CancellationToken cancellationToken);

/// <summary>What is looked at on each engine.</summary>
internal static class EngineChecks
{
    /// <summary>All checks of an engine.</summary>
    public static IReadOnlyList<EngineCheck> Of(DatabaseProvider provider, TimeProvider clock) =>
        provider switch
        {
            DatabaseProvider.Sqlite =>
            [
                SqliteChecks.CheckVersionAsync,
                SqliteChecks.CheckAccessAsync,
                SqliteChecks.CheckJournalAsync,
                SqliteChecks.CheckSynchronousAsync,
                SqliteChecks.CheckIntegrityAsync,
                SqliteChecks.CheckMigrationLockAsync,
            ],
            DatabaseProvider.SqlServer =>
            [
                SqlServerChecks.CheckVersionAsync,
                SqlServerChecks.CheckAccessAsync,
                SqlServerChecks.CheckCompatibilityAsync,
                SqlServerChecks.CheckIsolationAsync,
                SqlServerChecks.CheckDurabilityAsync,
                ClockCheck("SELECT SYSUTCDATETIME()", clock),
            ],
            _ =>
            [
                PostgresChecks.CheckVersionAsync,
                PostgresChecks.CheckAccessAsync,
                PostgresChecks.CheckIsolationAsync,
                PostgresChecks.CheckDurabilityAsync,
                PostgresChecks.CheckEncodingAsync,
                ClockCheck("SELECT clock_timestamp() AT TIME ZONE 'UTC'", clock),
            ],
        };

    /// <summary>Reads one value.</summary>
    public static async Task<T?> ReadAsync<T>(
        this DbConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    /// <summary>Judges by how much the clock of the database server is ahead of the clock here.</summary>
    public static Finding JudgeClock(TimeSpan ahead)
    {
        const string Subject = "Clock";
        const string Remedy = "Have both machines take the time from the network (chrony, systemd-timesyncd, W32Time).";
        var text = FormattableString.Invariant(
            $"{ahead.TotalSeconds:+0.0;-0.0;0.0} s from here to the database server"
        );
        return ahead.Duration() switch
        {
            // Services that verify tokens allow their clock to be this far behind.
            { TotalSeconds: > 30 } => Finding.Problem(
                Subject,
                text + "; other services may refuse new tokens.",
                Remedy
            ),
            { TotalSeconds: > 5 } => Finding.Warning(Subject, text + ".", Remedy),
            _ => Finding.Ok(Subject, text),
        };
    }

    // The server reads its clock somewhere between the question and the answer.
    private static EngineCheck ClockCheck(string sql, TimeProvider clock) =>
        async (connection, cancellationToken) =>
        {
            var before = clock.GetUtcNow();
            var there = await connection.ReadAsync<DateTime>(sql, cancellationToken);
            var after = clock.GetUtcNow();
            return JudgeClock(new DateTimeOffset(there, TimeSpan.Zero) - (before + (after - before) / 2));
        };
}
