using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Creates a missing database on SQL Server, one instance at a time. With EF Core's own statements, all but one of the
/// instances starting together would fail because the database exists by then (error 1801), and the one that created it
/// could not enable READ_COMMITTED_SNAPSHOT until the others disconnect, possibly a whole migration later.
/// </summary>
internal sealed class SqlServerDatabaseCreation(
    MigrationsSqlGeneratorDependencies dependencies,
    ICommandBatchPreparer commandBatchPreparer
) : SqlServerMigrationsSqlGenerator(dependencies, commandBatchPreparer)
{
    protected override void Generate(
        SqlServerCreateDatabaseOperation operation,
        IModel? model,
        MigrationCommandListBuilder builder
    )
    {
        // A database in a file named by the connection string (LocalDB) has no other instances.
        if (!string.IsNullOrEmpty(operation.FileName))
        {
            base.Generate(operation, model, builder);
            return;
        }

        var text = Dependencies.TypeMappingSource.GetMapping(typeof(string));
        var name = text.GenerateSqlLiteral(operation.Name);
        var database = Dependencies.SqlGenerationHelper.DelimitIdentifier(operation.Name);

        // Azure SQL Database requires statements about a database to be batches of their own (EXEC). Errors after the
        // database was created do not prevent startup: the first migration retries the switch, and startup warns if it is
        // off.
        builder
            .AppendLines(
                $"""
                DECLARE @lock int;
                EXEC @lock = sp_getapplock @Resource = N'Auth: CREATE DATABASE', @LockMode = N'Exclusive',
                    @LockOwner = N'Session', @LockTimeout = 60000;
                IF DB_ID({name}) IS NULL
                BEGIN TRY
                    EXEC({text.GenerateSqlLiteral($"CREATE DATABASE {database};")});
                    IF SERVERPROPERTY('EngineEdition') <> 5
                        EXEC({text.GenerateSqlLiteral(
                    $"ALTER DATABASE {database} SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT;"
                )});
                END TRY
                BEGIN CATCH
                    PRINT ERROR_MESSAGE();
                    IF ERROR_NUMBER() <> 1801 AND DB_ID({name}) IS NULL
                    BEGIN
                        ;THROW
                    END;
                END CATCH;
                IF @lock >= 0
                    EXEC sp_releaseapplock @Resource = N'Auth: CREATE DATABASE', @LockOwner = N'Session';
                """
            )
            .EndCommand(suppressTransaction: true);
    }
}
