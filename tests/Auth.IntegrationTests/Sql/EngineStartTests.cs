using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Sql;

public sealed class EngineStartTests
{
    [Theory]
    [InlineData("SELECT 0", 1)]
    [InlineData("SELECT 1", 0)]
    public async Task SQL_Server_without_READ_COMMITTED_SNAPSHOT_is_a_warning(string isOn, int warnings)
    {
        await using var recorder = new SqlRecorder(DatabaseProvider.SqlServer);

        await recorder.RecordAsync(
            services =>
                services
                    .GetRequiredService<DatabaseInitializer>()
                    .InitializeAsync(TestContext.Current.CancellationToken),
            SqlOperations.AppliedMigrations(recorder),
            isOn
        );

        recorder
            .Log.Lines.Count(line => line.Contains("SET READ_COMMITTED_SNAPSHOT ON", StringComparison.Ordinal))
            .ShouldBe(warnings);
    }

    [Fact]
    public async Task On_SQL_Server_a_migration_switches_READ_COMMITTED_SNAPSHOT_on_outside_any_transaction()
    {
        await using var recorder = new SqlRecorder(DatabaseProvider.SqlServer);

        await using var scope = recorder.Services.CreateAsyncScope();

        var script = scope
            .ServiceProvider.GetRequiredService<AppDbContext>()
            .GetService<IMigrator>()
            .GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        var before = script.Split("SET READ_COMMITTED_SNAPSHOT ON");
        before.Length.ShouldBe(2);
        Count(before[0], "BEGIN TRANSACTION").ShouldBe(Count(before[0], "COMMIT"));

        static int Count(string text, string part) => text.Split(part).Length - 1;
    }

    [Fact]
    public async Task Encryption_is_on_unless_the_connection_string_says_otherwise()
    {
        await using var recorder = new SqlRecorder(DatabaseProvider.SqlServer);
        await using var scope = recorder.Services.CreateAsyncScope();
        var text = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.GetConnectionString();

        var connection = new SqlConnectionStringBuilder(text);

        connection.Encrypt.ShouldBe(SqlConnectionEncryptOption.Mandatory);
        connection.TrustServerCertificate.ShouldBeFalse();
    }

    [Fact]
    [Trait("Engine", "Sqlite")]
    public async Task A_start_killed_while_migrating_an_SQLite_file_does_not_block_the_next()
    {
        using var database = new TestDatabase();
        Assert.SkipUnless(database.Provider == "Sqlite", "Servers give locks back by themselves.");
        await using (var first = TestService.Start(database)) { }

        database.Execute("""INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-01-01 00:00:00')""");
        await using var next = TestService.Start(database);

        (
            await next.Client.GetAsync("/health/ready", TestContext.Current.CancellationToken)
        ).IsSuccessStatusCode.ShouldBeTrue();
    }
}
