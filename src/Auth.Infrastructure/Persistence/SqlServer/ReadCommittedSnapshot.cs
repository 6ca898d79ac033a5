using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Has readers on SQL Server see the last committed state instead of waiting for writers, which the other engines do
/// anyway. It is a property of the database, and this its first migration.
/// </summary>
/// <remarks>
/// Where EF Core makes the database, it is on already. In one that was made by hand it can only be switched on by who may
/// alter the database, and while nobody else is connected: that is tried, and neither waited for nor forced upon others.
/// </remarks>
[DbContext(typeof(SqlServerAppDbContext))]
[Migration("00000000000001_ReadCommittedSnapshot")]
internal sealed partial class ReadCommittedSnapshot : Migration
{
    /// <summary>Asks whether it is on.</summary>
    public const string IsOn =
        "SELECT is_read_committed_snapshot_on AS [Value] FROM sys.databases WHERE database_id = DB_ID()";

    private const string SwitchOn = """
        IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE database_id = DB_ID()) = 0
        BEGIN TRY
            ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT;
        END TRY
        BEGIN CATCH
            PRINT ERROR_MESSAGE();
        END CATCH
        """;

    /// <summary>Tells the log if it is off.</summary>
    public static async Task WarnIfOffAsync(AppDbContext context, ILogger logger, CancellationToken cancellationToken)
    {
        if (!await context.Database.SqlQueryRaw<bool>(IsOn).SingleAsync(cancellationToken))
        {
            LogOff(logger);
        }
    }

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(SwitchOn, suppressTransaction: true);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "READ_COMMITTED_SNAPSHOT is off: reading requests wait for writing ones. To mend it, stop all instances "
            + "and run: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON"
    )]
    private static partial void LogOff(ILogger logger);
}
