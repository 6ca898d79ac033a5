using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Startup;

/// <summary>A newer version extends the schema while instances of this one still run and are restarted.</summary>
public sealed class RollingUpgradeTests
{
    /// <summary>What a migration may do while an older version runs, in SQL that every engine supports.</summary>
    private static readonly string[] s_extensions =
    [
        "ALTER TABLE \"Users\" ADD \"Nickname\" varchar(100) NULL",
        "ALTER TABLE \"Sessions\" ADD \"Score\" integer NOT NULL DEFAULT 0",
        "CREATE TABLE \"Badges\" (\"Id\" integer NOT NULL PRIMARY KEY)",
        "CREATE INDEX \"IX_Sessions_Score\" ON \"Sessions\" (\"Score\")",
        "INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES ('29990101000000_Later', '99.0.0')",
    ];

    [Fact]
    public async Task An_instance_runs_and_restarts_on_a_schema_extended_by_a_newer_version()
    {
        using var database = new TestDatabase();
        await using var running = TestService.Start(database);
        var account = await Account.RegisterAsync(running.Client);

        foreach (var extension in s_extensions)
        {
            database.Execute(extension);
        }

        await UseAsync(running, account);
        await using var restarted = TestService.Start(database);
        await UseAsync(restarted, account);
        database.Count("__EFMigrationsHistory", "\"MigrationId\" = '29990101000000_Later'").ShouldBe(1);
    }

    [Fact]
    public async Task Each_migration_after_the_first_only_adds_what_an_older_version_can_ignore()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database);
        await using var scope = service.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var migrations = context.GetService<IMigrationsAssembly>();
        migrations.Migrations.Count.ShouldBeGreaterThan(5);
        foreach (var (id, type) in migrations.Migrations.Skip(1))
        {
            var operations = migrations.CreateMigration(type, context.Database.ProviderName!).UpOperations;
            var added = operations
                .OfType<CreateTableOperation>()
                .Select(table => table.Name)
                .Concat(operations.OfType<AddColumnOperation>().Select(column => $"{column.Table}.{column.Name}"))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var operation in operations)
            {
                CanBeIgnored(operation, added).ShouldBeTrue($"{id}: {operation.GetType().Name}");
            }
        }
    }

    private static bool CanBeIgnored(MigrationOperation operation, HashSet<string> added) =>
        operation switch
        {
            CreateTableOperation => true,
            AddColumnOperation column => column.IsNullable
                || column.DefaultValue is not null
                || column.DefaultValueSql is not null
                || column.ComputedColumnSql is not null,
            CreateIndexOperation index => !index.IsUnique
                || added.Contains(index.Table)
                || index.Columns.All(column => added.Contains($"{index.Table}.{column}")),
            AddForeignKeyOperation key => added.Contains(key.Table),
            // Longer texts, or fewer demands.
            AlterColumnOperation column => column.ClrType == column.OldColumn.ClrType
                && (column.MaxLength is null || column.MaxLength >= column.OldColumn.MaxLength)
                && (column.IsNullable || !column.OldColumn.IsNullable),
            _ => false,
        };

    private static async Task UseAsync(TestService service, Account earlier)
    {
        await service.Client.GetAsync("/api/users/me", earlier.AccessToken).ShouldBeAsync(200);
        var again = await earlier.LoginAgainAsync(service.Client);
        await again.RefreshAsync(service.Client);
        await service
            .Client.PostAsync("/api/auth/logout", new { refreshToken = again.RefreshToken })
            .ShouldBeAsync(204);

        var other = await Account.RegisterAsync(service.Client);
        await service
            .Client.PostAsync("/api/users/me/delete", new { password = other.Password }, other.AccessToken)
            .ShouldBeAsync(204);
        var admin = await Account.LoginAsAdminAsync(service.Client);
        await service.Client.GetAsync("/api/users", admin.AccessToken).ShouldBeAsync(200);
    }
}
