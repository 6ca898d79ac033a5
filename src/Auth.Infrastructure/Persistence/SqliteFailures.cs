using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Auth.Infrastructure.Persistence;

/// <summary>What SQLite says when it cannot do what it is asked to.</summary>
internal static class SqliteFailures
{
    private const int PrimaryCode = 0xFF;

    /// <summary>Returns what is the matter; null if the failure is not an outage.</summary>
    public static DatabaseOutage? FindOutage(SqliteException failure) =>
        (failure.SqliteErrorCode & PrimaryCode) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_NOMEM => DatabaseOutage.Overloaded,
            raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN => DatabaseOutage.Unreachable,
            raw.SQLITE_READONLY or raw.SQLITE_PERM => DatabaseOutage.ReadOnly,
            _ => null,
        };
}
