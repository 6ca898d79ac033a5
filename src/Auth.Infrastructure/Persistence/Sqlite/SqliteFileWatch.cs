using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Auth.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Notices that the file of the database was moved away, deleted or replaced. SQLite itself does not in WAL mode: it would
/// go on with a file that nobody finds any more, and what was acknowledged would be lost.
/// </summary>
/// <remarks>
/// The file is compared with the one that was opened first, through a connection that stays open for that. A file that took
/// its place is never opened: the write-ahead log that lies beside it belongs to the other one, and would damage it.
/// </remarks>
internal sealed partial class SqliteFileWatch : IDisposable
{
    private const int HasMoved = 20; // SQLITE_FCNTL_HAS_MOVED
    private const int ReadOnlyMoved = 1032; // SQLITE_READONLY_DBMOVED

    private readonly Lock _lock = new();
    private SqliteConnection? _first;

    /// <summary>Remembers the file of a connection, if it is the first one.</summary>
    public void Opened(SqliteConnection connection)
    {
        lock (_lock)
        {
            if (_first is null)
            {
                var settings = new SqliteConnectionStringBuilder(connection.ConnectionString) { Pooling = false };
                _first = new SqliteConnection(settings.ConnectionString);
                _first.Open();
            }
        }
    }

    /// <summary>Checks that the file is where it was.</summary>
    /// <exception cref="SqliteException">It is not.</exception>
    public void ThrowIfMoved()
    {
        lock (_lock)
        {
            if (_first is not null && IsMoved(_first))
            {
                throw new SqliteException(
                    "The file of the database was moved away or replaced while it was open. Put it back, or restart the service.",
                    raw.SQLITE_READONLY,
                    ReadOnlyMoved
                );
            }
        }
    }

    public void Dispose() => _first?.Dispose();

    // Answers nothing where files that are open cannot be moved (Windows), and for a database in memory.
    private static bool IsMoved(SqliteConnection connection) =>
        Control(connection.Handle!, "main", HasMoved, out var isMoved) == raw.SQLITE_OK && isMoved != 0;

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int Control(sqlite3 database, string name, int operation, out int answer);
}
