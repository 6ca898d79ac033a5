using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Sql;

public sealed class SqlServerDatabaseCreationTests
{
    [Fact]
    public async Task One_instance_creates_a_missing_database_without_waiting_for_connections()
    {
        var command = (await GenerateAsync("our ]'db", fileName: "")).ShouldHaveSingleItem();

        command.TransactionSuppressed.ShouldBeTrue();
        command
            .CommandText.ReplaceLineEndings("\n")
            .Trim()
            .ShouldBe(
                """
                DECLARE @lock int;
                EXEC @lock = sp_getapplock @Resource = N'Auth: CREATE DATABASE', @LockMode = N'Exclusive',
                    @LockOwner = N'Session', @LockTimeout = 60000;
                IF DB_ID(N'our ]''db') IS NULL
                BEGIN TRY
                    EXEC(N'CREATE DATABASE [our ]]''db];');
                    IF SERVERPROPERTY('EngineEdition') <> 5
                        EXEC(N'ALTER DATABASE [our ]]''db] SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT;');
                END TRY
                BEGIN CATCH
                    PRINT ERROR_MESSAGE();
                    IF ERROR_NUMBER() <> 1801 AND DB_ID(N'our ]''db') IS NULL
                    BEGIN
                        ;THROW
                    END;
                END CATCH;
                IF @lock >= 0
                    EXEC sp_releaseapplock @Resource = N'Auth: CREATE DATABASE', @LockOwner = N'Session';
                """
            );
    }

    [Fact]
    public async Task A_database_in_a_file_is_left_to_EF_Core()
    {
        var commands = await GenerateAsync("auth", "auth.mdf");

        commands[0].CommandText.ShouldContain("FILENAME");
        commands.ShouldAllBe(command => !command.CommandText.Contains("sp_getapplock"));
    }

    private static async Task<IReadOnlyList<MigrationCommand>> GenerateAsync(string name, string fileName)
    {
        await using var recorder = new SqlRecorder(DatabaseProvider.SqlServer);
        await using var scope = recorder.Services.CreateAsyncScope();
        return scope
            .ServiceProvider.GetRequiredService<AppDbContext>()
            .GetService<IMigrationsSqlGenerator>()
            .Generate([new SqlServerCreateDatabaseOperation { Name = name, FileName = fileName }]);
    }
}
