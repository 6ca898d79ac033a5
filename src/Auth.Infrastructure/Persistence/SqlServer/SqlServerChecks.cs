using System.Data.Common;
using System.Globalization;
using Auth.Infrastructure.Persistence.Diagnostics;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>The checks of <c>doctor</c> for SQL Server.</summary>
internal static class SqlServerChecks
{
    // SQL Server 2019.
    private const int OldestVersion = 15;

    // SQL Server 2016.
    private const int LowestCompatibility = 130;

    // Azure SQL Database and Managed Instance, whose version numbers differ.
    private static readonly HashSet<int> s_azureEditions = [5, 8];

    public static readonly EngineCheck Access = EngineChecks.Create<string>(
        "SELECT CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Updateability'))",
        state =>
            state == "READ_WRITE"
                ? DiagnosticResult.Ok("Access", "read-write")
                : DiagnosticResult.Problem(
                    "Access",
                    "the database is read-only, or a secondary replica.",
                    "Name the primary, or the availability group's listener, in ConnectionStrings:Auth."
                )
    );

    /// <summary>
    /// Lists of ids are sent as JSON and read with OPENJSON. A database moved from an older server keeps its level.
    /// </summary>
    public static readonly EngineCheck Compatibility = EngineChecks.Create<int>(
        "SELECT CONVERT(int, compatibility_level) FROM sys.databases WHERE database_id = DB_ID()",
        CheckCompatibility
    );

    /// <summary>Without row versioning readers and writers block each other, and deadlock under load.</summary>
    public static readonly EngineCheck Isolation = EngineChecks.Create<bool>(
        ReadCommittedSnapshot.IsOn,
        isOn =>
            isOn
                ? DiagnosticResult.Ok("Isolation", "READ_COMMITTED_SNAPSHOT is on")
                : DiagnosticResult.Warning(
                    "Isolation",
                    "READ_COMMITTED_SNAPSHOT is off, so readers and writers wait for each other.",
                    "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE"
                )
    );

    public static readonly EngineCheck Durability = EngineChecks.Create<string>(
        "SELECT delayed_durability_desc FROM sys.databases WHERE database_id = DB_ID()",
        state =>
            state == "FORCED"
                ? DiagnosticResult.Problem(
                    "Durability",
                    "DELAYED_DURABILITY is forced: a server crash can lose acknowledged changes.",
                    "ALTER DATABASE CURRENT SET DELAYED_DURABILITY = DISABLED"
                )
                : DiagnosticResult.Ok("Durability", "commits are flushed to disk before they are acknowledged")
    );

    public static async Task<DiagnosticResult> CheckVersionAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        const string Subject = "Engine";
        var version = await connection.ReadAsync<string>(
            "SELECT CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion'))",
            cancellationToken
        );
        var edition = await connection.ReadAsync<int>(
            "SELECT CONVERT(int, SERVERPROPERTY('EngineEdition'))",
            cancellationToken
        );
        return s_azureEditions.Contains(edition) || IsSupported(version)
            ? DiagnosticResult.Ok(Subject, $"SQL Server {version}")
            : DiagnosticResult.Warning(
                Subject,
                $"SQL Server {version} is not supported.",
                "Upgrade the server to SQL Server 2019 or later."
            );
    }

    /// <summary>Checks the compatibility level of the database.</summary>
    public static DiagnosticResult CheckCompatibility(int level)
    {
        const string Subject = "Compatibility";
        var text = string.Create(CultureInfo.InvariantCulture, $"compatibility_level is {level}");
        return level >= LowestCompatibility
            ? DiagnosticResult.Ok(Subject, text)
            : DiagnosticResult.Problem(
                Subject,
                text + ", at which the server does not support OPENJSON: refreshing fails.",
                "ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL = 150"
            );
    }

    private static bool IsSupported(string? version) =>
        Version.TryParse(version, out var number) && number.Major >= OldestVersion;
}
