using System.Data.Common;

namespace Auth.Infrastructure.Persistence.Diagnostics;

/// <summary>Looks at one thing through an open connection.</summary>
internal delegate Task<DiagnosticResult> EngineCheck(DbConnection connection, CancellationToken cancellationToken);

/// <summary>What the checks of all engines have in common.</summary>
internal static class EngineChecks
{
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
    public static DiagnosticResult JudgeClock(TimeSpan ahead)
    {
        const string Subject = "Clock";
        const string Remedy = "Have both machines take the time from the network (chrony, systemd-timesyncd, W32Time).";
        var text = FormattableString.Invariant(
            $"{ahead.TotalSeconds:+0.0;-0.0;0.0} s from here to the database server"
        );
        return ahead.Duration() switch
        {
            // Services that verify tokens allow their clock to be this far behind.
            { TotalSeconds: > 30 } => DiagnosticResult.Problem(
                Subject,
                text + "; other services may refuse new tokens.",
                Remedy
            ),
            { TotalSeconds: > 5 } => DiagnosticResult.Warning(Subject, text + ".", Remedy),
            _ => DiagnosticResult.Ok(Subject, text),
        };
    }

    /// <summary>Compares the clock of the server with ours; it reads its clock between our question and its answer.</summary>
    public static EngineCheck CheckClock(string sql, TimeProvider clock) =>
        async (connection, cancellationToken) =>
        {
            var before = clock.GetUtcNow();
            var there = await connection.ReadAsync<DateTime>(sql, cancellationToken);
            var after = clock.GetUtcNow();
            return JudgeClock(new DateTimeOffset(there, TimeSpan.Zero) - (before + (after - before) / 2));
        };
}
