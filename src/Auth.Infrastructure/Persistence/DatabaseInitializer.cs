using System.Data.Common;
using Auth.Infrastructure.Persistence.Seeding;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Auth.Infrastructure.Persistence;

/// <summary>Brings the database to the state the service needs, as often and by as many instances as it is called.</summary>
internal sealed class DatabaseInitializer(AppDbContext context, DatabaseOptions options, RoleSeeder roles)
{
    /// <summary>Does at start what is allowed at start.</summary>
    /// <exception cref="PendingMigrationsException">The schema is too old, and is not to be changed at start.</exception>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (options.MigrateOnStartup)
        {
            await MigrateAsync(cancellationToken);
            return;
        }

        await ConnectAsync(mayBeMissing: false, cancellationToken);
        var pending = await FindPendingAsync(cancellationToken);
        if (pending.Count > 0)
        {
            throw new PendingMigrationsException(pending);
        }

        await PrepareAsync(cancellationToken);
    }

    /// <summary>Brings the schema up to date, and makes what every database has. Those who do it at once wait for each
    /// other.</summary>
    /// <returns>The migrations that were pending.</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await ConnectAsync(mayBeMissing: true, cancellationToken);
        var pending = await FindPendingAsync(cancellationToken);
        if (pending.Count > 0)
        {
            // However long an index takes on a large table, and however long another instance is at it.
            context.Database.SetCommandTimeout(TimeSpan.Zero);
            await context.Database.MigrateAsync(cancellationToken);
            context.Database.SetCommandTimeout(null);
        }

        await PrepareAsync(cancellationToken);
        return pending;
    }

    // Once, without the retries of a running service: who has mistaken the address is told so at once.
    private async Task ConnectAsync(bool mayBeMissing, CancellationToken cancellationToken)
    {
        var connection = context.GetService<IRelationalConnection>();
        try
        {
            await connection.OpenAsync(cancellationToken, errorsExpected: true);
            await connection.CloseAsync();
        }
        catch (DbException failure) when (mayBeMissing && DatabaseProblem.IsMissingDatabase(failure))
        {
            // The first migration makes it.
        }
    }

    private async Task<IReadOnlyList<string>> FindPendingAsync(CancellationToken cancellationToken) =>
        [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            // Kept in the file: readers and the writer do not wait for each other.
            await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        }

        await roles.SeedAsync(cancellationToken);
    }
}
