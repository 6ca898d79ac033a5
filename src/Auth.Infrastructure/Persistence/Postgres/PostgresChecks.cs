using System.Data.Common;
using System.Globalization;
using Auth.Infrastructure.Persistence.Diagnostics;

namespace Auth.Infrastructure.Persistence.Postgres;

/// <summary>The checks of <c>doctor</c> for PostgreSQL.</summary>
internal static class PostgresChecks
{
    private const int OldestVersion = 14;

    public static readonly EngineCheck Access = EngineChecks.Create<string>(
        "SHOW transaction_read_only",
        isReadOnly =>
            isReadOnly == "off"
                ? DiagnosticResult.Ok("Access", "read-write")
                : DiagnosticResult.Problem(
                    "Access",
                    "the server is a standby, or the database is read-only.",
                    "Name the primary in ConnectionStrings:Auth (several hosts: Target Session Attributes=primary)."
                )
    );

    /// <summary>
    /// Races are decided by conditional updates and unique indexes, for which READ COMMITTED is enough. At a stricter level the
    /// losers get serialization errors instead.
    /// </summary>
    public static readonly EngineCheck Isolation = EngineChecks.Create<string>(
        "SHOW default_transaction_isolation",
        level =>
            level == "read committed"
                ? DiagnosticResult.Ok("Isolation", level)
                : DiagnosticResult.Problem(
                    "Isolation",
                    $"default_transaction_isolation is {level}, at which concurrent requests fail.",
                    "ALTER DATABASE … SET default_transaction_isolation = 'read committed'; likewise for the role, if set there."
                )
    );

    public static readonly EngineCheck Encoding = EngineChecks.Create<string>(
        "SHOW server_encoding",
        encoding =>
            encoding == "UTF8"
                ? DiagnosticResult.Ok("Encoding", encoding)
                : DiagnosticResult.Problem(
                    "Encoding",
                    $"the encoding of the database is {encoding}, which cannot store every name.",
                    "Create a database with ENCODING 'UTF8', and move the data there."
                )
    );

    public static async Task<DiagnosticResult> CheckVersionAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        const string Subject = "Engine";
        var number = await ShowAsync(connection, "server_version_num", cancellationToken);
        var text = $"PostgreSQL {await ShowAsync(connection, "server_version", cancellationToken)}";
        return int.Parse(number, CultureInfo.InvariantCulture) / 10_000 >= OldestVersion
            ? DiagnosticResult.Ok(Subject, text)
            : DiagnosticResult.Warning(
                Subject,
                $"{text} is no longer supported.",
                $"Upgrade the server to PostgreSQL {OldestVersion} or later."
            );
    }

    public static async Task<DiagnosticResult> CheckDurabilityAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        const string Subject = "Durability";
        foreach (var setting in new[] { "fsync", "synchronous_commit" })
        {
            if (await ShowAsync(connection, setting, cancellationToken) == "off")
            {
                return DiagnosticResult.Problem(
                    Subject,
                    $"{setting} is off: a server crash can lose acknowledged changes.",
                    $"Set {setting} = on, in the server's configuration and for database and role."
                );
            }
        }

        return DiagnosticResult.Ok(Subject, "commits are flushed to disk before they are acknowledged");
    }

    private static async Task<string> ShowAsync(
        DbConnection connection,
        string setting,
        CancellationToken cancellationToken
    ) => await connection.ReadAsync<string>($"SHOW {setting}", cancellationToken) ?? "";
}
