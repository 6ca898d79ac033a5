using System.Data.Common;
using Auth.Application.Roles;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>Migrates and prepares the database. Safe to run repeatedly and on several instances at once.</summary>
internal sealed class DatabaseInitializer(
    AppDbContext context,
    DatabaseOptions options,
    DatabaseEngine engine,
    IMediator mediator,
    LegacyAddresses addresses,
    TimeProvider clock,
    ILogger<DatabaseInitializer> logger
)
{
    /// <summary>Prepares the database at startup, and migrates it if that is allowed.</summary>
    /// <exception cref="PendingMigrationsException">Migrations are pending, and must not be applied at startup.</exception>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (options.MigrateOnStartup)
        {
            await MigrateAsync(cancellationToken);
            return;
        }

        await ConnectAsync(cancellationToken);
        var pending = await ListPendingAsync(cancellationToken);
        if (pending.Count > 0)
        {
            throw new PendingMigrationsException(pending);
        }

        await PrepareAsync(cancellationToken);
    }

    /// <summary>Migrates the database and creates the built-in data. Concurrent callers wait for each other.</summary>
    /// <returns>The migrations that were pending.</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        var pending = await ExistsAsync(cancellationToken)
            ? await ListPendingAsync(cancellationToken)
            : [.. context.Database.GetMigrations()];
        if (pending.Count > 0)
        {
            // Building an index on a large table, or waiting for another instance to do so, may take long.
            context.Database.SetCommandTimeout(DatabaseTimeouts.Migration);
            await MigrateExclusivelyAsync(pending.Count, cancellationToken);
            context.Database.SetCommandTimeout(timeout: null);
        }

        await PrepareAsync(cancellationToken);
        return pending;
    }

    // EF Core would build the model of its migrations table first, which takes a good part of the startup time. Nearly
    // always all migrations are applied, and reading the table directly is enough.
    private async Task<IReadOnlyList<string>> ListPendingAsync(CancellationToken cancellationToken)
    {
        var applied = new HashSet<string>(StringComparer.Ordinal);
        var command = context
            .GetService<IRawSqlCommandBuilder>()
            .Build("SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"");
        var execution = new RelationalCommandParameterObject(
            context.GetService<IRelationalConnection>(),
            parameterValues: null,
            readerColumns: null,
            context,
            context.GetService<IRelationalCommandDiagnosticsLogger>(),
            CommandSource.Migrations
        );
        try
        {
            await using var rows = await command.ExecuteReaderAsync(execution, cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                applied.Add(rows.DbDataReader.GetString(0));
            }
        }
        catch (DbException)
        {
            // The table may be missing: EF Core finds out, or throws.
        }

        return applied.IsSupersetOf(context.Database.GetMigrations())
            ? []
            : [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    private async Task MigrateExclusivelyAsync(int pending, CancellationToken cancellationToken)
    {
        using var lease = await engine.LockMigrationsAsync(context, clock, cancellationToken);
        while (true)
        {
            try
            {
                await context.Database.MigrateAsync(cancellationToken);
                return;
            }
            catch (DbException failure) when (engine.IsCreatedByAnother(failure))
            {
                // Another instance created the database: continue with it. On SQL Server, see SqlServerDatabaseCreation.
            }
            catch (DbException)
            {
                // Another instance may have applied the next migration between two of ours, which then failed and was rolled back.
                // Continue while any instance makes progress.
                var left = (await ListPendingAsync(cancellationToken)).Count;
                if (left >= pending)
                {
                    throw;
                }

                pending = left;
            }
        }
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ConnectAsync(cancellationToken);
            return true;
        }
        catch (DbException failure) when (engine.IsMissingDatabase(failure))
        {
            return false; // the first migration creates it
        }
    }

    // Without retries, so that a wrong address is reported at once.
    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = context.GetService<IRelationalConnection>();
        await connection.OpenAsync(cancellationToken, errorsExpected: true);
        await connection.CloseAsync();
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await engine.PrepareAsync(context, logger, cancellationToken);
        var seeded = await mediator.Send(new SeedRolesCommand(), cancellationToken);
        if (seeded.IsFailure)
        {
            throw new InvalidOperationException(
                "The built-in roles could not be stored: other instances kept changing roles."
            );
        }

        await addresses.LoadAsync(context, cancellationToken);
    }
}
