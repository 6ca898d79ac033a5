using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Creates a missing database on SQL Server, one instance at a time. Left to EF Core, all but one of the instances that
/// start at once would fail, because the database exists by then (error 1801); and the one that has created it would wait
/// for the others to disconnect before it could switch READ_COMMITTED_SNAPSHOT on, for as long as a migration may take.
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
        // A database in a file that the connection string names (LocalDB) has no other instances.
        if (!string.IsNullOrEmpty(operation.FileName))
        {
            base.Generate(operation, model, builder);
            return;
        }

        var text = Dependencies.TypeMappingSource.GetMapping(typeof(string));
        var name = text.GenerateSqlLiteral(operation.Name);
        var database = Dependencies.SqlGenerationHelper.DelimitIdentifier(operation.Name);

        // Statements about a database are batches of their own (EXEC): on Azure SQL Database they have to be. Whatever goes
        // wrong once the database exists is no reason not to start: the first migration tries the switch again, and a
        // start without it says so.
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
