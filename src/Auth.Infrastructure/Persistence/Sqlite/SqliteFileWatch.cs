using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Auth.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Detects that the database file was moved, deleted or replaced. In WAL mode SQLite itself does not: it would keep writing
/// to a file that no path leads to, and acknowledged changes would be lost.
/// </summary>
/// <remarks>
/// A connection that stays open identifies the original file. A file that took its place is never opened: the write-ahead
/// log beside it belongs to the original and would corrupt it.
/// </remarks>
internal sealed partial class SqliteFileWatch : IDisposable
{
    private const int HasMoved = 20; // SQLITE_FCNTL_HAS_MOVED
    private const int ReadOnlyMoved = 1032; // SQLITE_READONLY_DBMOVED

    private readonly Lock _lock = new();
    private SqliteConnection? _first;

    /// <summary>Remembers the file of the first connection.</summary>
    public void Track(SqliteConnection connection)
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

    /// <summary>Checks that the file has not been moved.</summary>
    /// <exception cref="SqliteException">The file was moved, deleted or replaced.</exception>
    public void ThrowIfMoved()
    {
        lock (_lock)
        {
            if (_first is not null && IsMoved(_first))
            {
                throw new SqliteException(
                    "The database file was moved or replaced while it was open. Put it back, or restart the service.",
                    raw.SQLITE_READONLY,
                    ReadOnlyMoved
                );
            }
        }
    }

    public void Dispose() => _first?.Dispose();

    // Unsupported where open files cannot be moved (Windows), and for databases in memory.
    private static bool IsMoved(SqliteConnection connection) =>
        Control(connection.Handle!, "main", HasMoved, out var isMoved) == raw.SQLITE_OK && isMoved != 0;

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int Control(sqlite3 database, string name, int operation, out int answer);
}
