using Auth.Infrastructure.Persistence.Seeding;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>Brings the database to the state the service needs, as often and by as many instances as it is called.</summary>
internal sealed class DatabaseInitializer(AppDbContext context, DatabaseOptions options, RoleSeeder roles)
{
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (options.MigrateOnStartup)
        {
            context.Database.SetCommandTimeout(DatabasePatience.Migration);
            await context.Database.MigrateAsync(cancellationToken);
            context.Database.SetCommandTimeout(timeout: null);
        }

        if (options.Provider == DatabaseProvider.Sqlite)
        {
            // Kept in the file: readers and the writer do not wait for each other.
            await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        }

        await roles.SeedAsync(cancellationToken);
    }
}
