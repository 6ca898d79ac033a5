using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Auth.UnitTests.Persistence;

public sealed class MigrationTests
{
    [Theory]
    [InlineData("Sqlite")]
    [InlineData("SqlServer")]
    [InlineData("Postgres")]
    public void Migrations_produce_the_current_model(string engine)
    {
        using var context = DesignTime.Open(engine);

        context.Database.GetMigrations().ShouldNotBeEmpty();
        context.Database.HasPendingModelChanges().ShouldBeFalse("make migration name=… adds what is missing");
    }

    [Theory]
    [InlineData("SqlServer")]
    [InlineData("Postgres")]
    public void Their_script_can_be_run_again_on_a_server(string engine)
    {
        using var context = DesignTime.Open(engine);

        var script = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        // Each step checks first whether its migration has been applied, and the last one records it.
        var tables = context.Model.GetRelationalModel().Tables.Select(table => table.Name).ToList();
        tables.ShouldAllBe(table => script.Contains(table, StringComparison.Ordinal));
        foreach (var migration in context.Database.GetMigrations())
        {
            script.ShouldMatch($"IF NOT EXISTS\\s*\\([^)]*__EFMigrationsHistory[^)]*'{migration}'");
            script.ShouldMatch($"INSERT INTO [^;]*__EFMigrationsHistory[^;]*'{migration}'");
        }
    }
}
