using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>
/// The first migration on SQL Server: switches row versioning on, so that readers see the last committed state instead of
/// waiting for writers, as on the other engines.
/// </summary>
/// <remarks>
/// It is already on in a database that EF Core created. In any other, switching it on requires the right to alter the
/// database and no other connections: the migration tries, but neither waits nor disconnects anybody.
/// </remarks>
[DbContext(typeof(SqlServerAppDbContext))]
[Migration("00000000000001_ReadCommittedSnapshot")]
internal sealed partial class ReadCommittedSnapshot : Migration
{
    /// <summary>Reads whether it is on.</summary>
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

    /// <summary>Logs a warning if it is off.</summary>
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
        Message = "READ_COMMITTED_SNAPSHOT is off: readers wait for writers. To fix this, stop all instances "
            + "and run: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON"
    )]
    private static partial void LogOff(ILogger logger);
}
