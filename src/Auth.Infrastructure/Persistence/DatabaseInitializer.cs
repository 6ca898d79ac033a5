using Auth.Infrastructure.Persistence.Seeding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>Brings the database to the state the service needs, as often and by as many instances as it is called.</summary>
internal sealed class DatabaseInitializer(
    AppDbContext context,
    DatabaseOptions options,
    RoleSeeder roles,
    TimeProvider clock,
    ILogger<DatabaseInitializer> logger
)
{
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (options.MigrateOnStartup)
        {
            await MigrateAsync(cancellationToken);
        }

        switch (options.Provider)
        {
            case DatabaseProvider.Sqlite:
                // Kept in the file: readers and the writer do not wait for each other.
                await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
                break;
            case DatabaseProvider.SqlServer:
                await ReadCommittedSnapshot.WarnIfOffAsync(context, logger, cancellationToken);
                break;
        }

        await roles.SeedAsync(cancellationToken);
    }

    // Instances that start at once wait for each other: on servers EF Core sees to that, by a lock that ends with its
    // connection (sp_getapplock, LOCK TABLE).
    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        using var turn =
            options.Provider == DatabaseProvider.Sqlite
                ? await SqliteMigrationLock.EnterAsync(context, clock, cancellationToken)
                : null;
        await context.Database.MigrateAsync(cancellationToken);
    }
}
