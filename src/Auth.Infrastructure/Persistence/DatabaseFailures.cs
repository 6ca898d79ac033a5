using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Auth.Infrastructure.Persistence;

/// <summary>Tells a database that does not answer from one that answers with an error.</summary>
internal static class DatabaseFailures
{
    // Client-side numbers of SqlClient (time-out, broken and refused connections) and the server's own for a deadlock that
    // retries did not get around, and for a database that is not there at the moment.
    private static readonly HashSet<int> s_sqlServerUnavailable =
    [
        -2,
        -1,
        0,
        2,
        53,
        64,
        233,
        258,
        1205,
        4060,
        10053,
        10054,
        10060,
        10061,
        10928,
        10929,
        18456,
        40197,
        40501,
        40613,
    ];

    /// <summary>Whether a failure, or what caused it, says that the database does not answer.</summary>
    public static bool IsUnavailable(Exception failure) =>
        failure switch
        {
            SqliteException sqlite => sqlite.SqliteErrorCode
                is raw.SQLITE_BUSY
                    or raw.SQLITE_LOCKED
                    or raw.SQLITE_IOERR
                    or raw.SQLITE_CANTOPEN
                    or raw.SQLITE_FULL
                    or raw.SQLITE_READONLY,
            SqlException sqlServer => s_sqlServerUnavailable.Contains(sqlServer.Number),
            NpgsqlException { IsTransient: true } => true,
            PostgresException postgres => postgres.SqlState.StartsWith("57P", StringComparison.Ordinal)
                || postgres.SqlState.StartsWith("08", StringComparison.Ordinal),
            TimeoutException or SocketException or EndOfStreamException => true,
            _ => failure.InnerException is { } cause && IsUnavailable(cause),
        };
}
