using System.Data.Common;
using System.Globalization;
using Auth.Infrastructure.Persistence.Diagnostics;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>What is looked at on SQL Server.</summary>
internal static class SqlServerChecks
{
    // SQL Server 2019.
    private const int OldestVersion = 15;

    // SQL Server 2016.
    private const int LowestCompatibility = 130;

    // Azure SQL Database and Managed Instance, which count their versions differently.
    private static readonly HashSet<int> s_azureEditions = [5, 8];

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
                $"SQL Server {version} is older than what this service is made for.",
                "Upgrade the server to SQL Server 2019 or later."
            );
    }

    public static async Task<DiagnosticResult> CheckAccessAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        const string Subject = "Access";
        var state = await connection.ReadAsync<string>(
            "SELECT CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Updateability'))",
            cancellationToken
        );
        return state == "READ_WRITE"
            ? DiagnosticResult.Ok(Subject, "read-write")
            : DiagnosticResult.Problem(
                Subject,
                "the database is read-only, or a secondary replica.",
                "Name the primary, or the availability group's listener, in ConnectionStrings:Auth."
            );
    }

    /// <summary>
    /// Lists of ids are sent as JSON, which is read with OPENJSON. A database that was moved from an older server keeps its
    /// level.
    /// </summary>
    public static async Task<DiagnosticResult> CheckCompatibilityAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    ) =>
        JudgeCompatibility(
            await connection.ReadAsync<int>(
                "SELECT CONVERT(int, compatibility_level) FROM sys.databases WHERE database_id = DB_ID()",
                cancellationToken
            )
        );

    /// <summary>Judges the compatibility level of the database.</summary>
    public static DiagnosticResult JudgeCompatibility(int level)
    {
        const string Subject = "Compatibility";
        var text = string.Create(CultureInfo.InvariantCulture, $"compatibility_level is {level}");
        return level >= LowestCompatibility
            ? DiagnosticResult.Ok(Subject, text)
            : DiagnosticResult.Problem(
                Subject,
                text + ", at which the server does not know OPENJSON: nobody can refresh.",
                "ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL = 150"
            );
    }

    /// <summary>Without row versions readers wait for writers, and both end in deadlocks under load.</summary>
    public static async Task<DiagnosticResult> CheckIsolationAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        const string Subject = "Isolation";
        return await connection.ReadAsync<bool>(ReadCommittedSnapshot.IsOn, cancellationToken)
            ? DiagnosticResult.Ok(Subject, "READ_COMMITTED_SNAPSHOT is on")
            : DiagnosticResult.Warning(
                Subject,
                "READ_COMMITTED_SNAPSHOT is off, so readers and writers wait for each other.",
                "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE"
            );
    }

    public static async Task<DiagnosticResult> CheckDurabilityAsync(
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        const string Subject = "Durability";
        var state = await connection.ReadAsync<string>(
            "SELECT delayed_durability_desc FROM sys.databases WHERE database_id = DB_ID()",
            cancellationToken
        );
        return state == "FORCED"
            ? DiagnosticResult.Problem(
                Subject,
                "DELAYED_DURABILITY is forced: a failure of the server can take back what was answered.",
                "ALTER DATABASE CURRENT SET DELAYED_DURABILITY = DISABLED"
            )
            : DiagnosticResult.Ok(Subject, "every commit is on the disk before it is answered");
    }

    private static bool IsSupported(string? version) =>
        Version.TryParse(version, out var number) && number.Major >= OldestVersion;
}
