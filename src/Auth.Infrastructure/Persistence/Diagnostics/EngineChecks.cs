using System.Data.Common;

namespace Auth.Infrastructure.Persistence.Diagnostics;

/// <summary>Runs one check through an open connection.</summary>
internal delegate Task<DiagnosticResult> EngineCheck(DbConnection connection, CancellationToken cancellationToken);

/// <summary>What the checks of all engines share.</summary>
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

    /// <summary>Creates a check of one value.</summary>
    /// <param name="sql">Reads the value.</param>
    /// <param name="judge">Judges the value.</param>
    public static EngineCheck Create<T>(string sql, Func<T?, DiagnosticResult> judge) =>
        async (connection, cancellationToken) => judge(await connection.ReadAsync<T>(sql, cancellationToken));

    /// <summary>Checks how far the clock of the database server is ahead of the local one.</summary>
    public static DiagnosticResult CheckClock(TimeSpan ahead)
    {
        const string Subject = "Clock";
        const string Remedy = "Synchronize the clocks of both machines (chrony, systemd-timesyncd, W32Time).";
        var text = FormattableString.Invariant(
            $"{ahead.TotalSeconds:+0.0;-0.0;0.0} s from here to the database server"
        );
        return ahead.Duration() switch
        {
            // Services that verify tokens tolerate this much clock skew.
            { TotalSeconds: > 30 } => DiagnosticResult.Problem(
                Subject,
                text + "; other services may reject new tokens.",
                Remedy
            ),
            { TotalSeconds: > 5 } => DiagnosticResult.Warning(Subject, text + ".", Remedy),
            _ => DiagnosticResult.Ok(Subject, text),
        };
    }

    /// <summary>Compares the server's clock with the local time midway between query and response.</summary>
    public static EngineCheck CheckClock(string sql, TimeProvider clock) =>
        async (connection, cancellationToken) =>
        {
            var before = clock.GetUtcNow();
            var there = await connection.ReadAsync<DateTime>(sql, cancellationToken);
            var after = clock.GetUtcNow();
            return CheckClock(new DateTimeOffset(there, TimeSpan.Zero) - (before + (after - before) / 2));
        };
}
