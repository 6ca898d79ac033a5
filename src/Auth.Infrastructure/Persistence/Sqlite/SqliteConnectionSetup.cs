using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Auth.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Makes an acknowledged change on SQLite a durable one: every commit is on the disk before it is answered. Other
/// processes on the same file are waited for by the engine itself, which looks again after milliseconds. Nothing is read
/// from a file, and nothing committed to it, that is no longer where it was.
/// </summary>
internal sealed class SqliteConnectionSetup(SqliteFileWatch file) : DbConnectionInterceptor, IDbTransactionInterceptor
{
    private const string Pragmas = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;";

    // Without statistics of its memory, for which all connections wait for each other at each allocation. It is too late for
    // that, and does no harm, where the engine was used before.
    static SqliteConnectionSetup()
    {
        RuntimeHelpers.RunClassConstructor(typeof(SqliteConnection).TypeHandle); // loads the engine
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    // Connections are pooled: what is opened again and again is the same native one, which keeps its settings.
    private readonly ConditionalWeakTable<sqlite3, object> _done = [];

    public override InterceptionResult ConnectionOpening(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    )
    {
        file.ThrowIfMoved();
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    ) => new(ConnectionOpening(connection, eventData, result));

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        file.ThrowIfMoved();
        return new(result);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        file.Opened((SqliteConnection)connection);
        if (((SqliteConnection)connection).Handle is not { } handle || _done.TryGetValue(handle, out _))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        _done.TryAdd(handle, this);
    }

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        // The provider knows no asynchronous work.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    // A connection stays open until its context goes back to the pool. It holds no lock, and opening it again would define
    // the framework's functions again.
    public override InterceptionResult ConnectionClosing(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    ) => InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    ) => new(InterceptionResult.Suppress());
}
