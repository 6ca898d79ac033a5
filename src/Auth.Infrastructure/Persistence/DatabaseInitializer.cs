using System.Data.Common;
using Auth.Application.Roles;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>Brings the database to the state the service needs, as often and by as many instances as it is called.</summary>
internal sealed class DatabaseInitializer(
    AppDbContext context,
    DatabaseOptions options,
    DatabaseEngine engine,
    IMediator mediator,
    OutdatedAddresses addresses,
    TimeProvider clock,
    ILogger<DatabaseInitializer> logger
)
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

        await ConnectAsync(cancellationToken);
        var pending = await ListPendingAsync(cancellationToken);
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
        var pending = await ExistsAsync(cancellationToken)
            ? await ListPendingAsync(cancellationToken)
            : [.. context.Database.GetMigrations()];
        if (pending.Count > 0)
        {
            // However long an index takes on a large table, and however long another instance is at it.
            context.Database.SetCommandTimeout(DatabaseTimeouts.Migration);
            await MigrateInTurnAsync(pending.Count, cancellationToken);
            context.Database.SetCommandTimeout(timeout: null);
        }

        await PrepareAsync(cancellationToken);
        return pending;
    }

    // EF Core builds a model of its table of migrations first, which is a good part of a start: nearly always all that is
    // known is there, and the table is simply read.
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
            // No such table, perhaps: EF Core knows, or says what it is.
        }

        return applied.IsSupersetOf(context.Database.GetMigrations())
            ? []
            : [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    private async Task MigrateInTurnAsync(int pending, CancellationToken cancellationToken)
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
                // Go on with that one. On SQL Server, SqlServerDatabaseCreation sees to it.
            }
            catch (DbException)
            {
                // Between two migrations another instance may have applied the next one. Then this one failed, and was rolled
                // back, because it was there already. As long as something was applied, by any instance, go on.
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
            return false; // the first migration makes it
        }
    }

    // Once, without the retries of a running service: who has mistaken the address is told so at once.
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
            throw new InvalidOperationException("The built-in roles could not be stored: others kept changing roles.");
        }

        await addresses.LoadAsync(context, cancellationToken);
    }
}
