namespace Auth.Infrastructure.Persistence;

/// <summary>
/// For how long a database is waited for. The drivers wait for half a minute and more, which is longer than anybody waits
/// for an answer, and keeps requests and connections busy meanwhile. What the operator's connection string says stays.
/// </summary>
internal static class DatabasePatience
{
    /// <summary>How often something is tried again that failed for a moment.</summary>
    public const int MaxRetries = 3;

    /// <summary>
    /// The longest pause before a retry. All of them together are well below the two seconds within which a request is to
    /// be refused when the database is away.
    /// </summary>
    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait for a turn within this process: to write, or for a chain of the audit log.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait for one statement of a migration, which may have to build an index.</summary>
    public static readonly TimeSpan Migration = TimeSpan.FromHours(1);

    /// <summary>The longest wait for one statement that reads or changes a whole table, which may have millions of rows.</summary>
    public static readonly TimeSpan WholeTable = TimeSpan.FromMinutes(10);

    // In all three the last of two equal names counts.

    /// <summary>Completes a connection string of SQLite: 5 s for a lock.</summary>
    public static string Sqlite(string connectionString) => "Default Timeout=5;" + connectionString;

    /// <summary>
    /// Completes a connection string of SQL Server: 3 s for a connection, 5 s for a statement. SqlClient tries a refused
    /// connection again until the time is over, and makes one connection at a time.
    /// </summary>
    public static string SqlServer(string connectionString) =>
        "Connect Timeout=3;Command Timeout=5;Connect Retry Interval=1;" + connectionString;

    /// <summary>
    /// Completes a connection string of PostgreSQL: 3 s for a connection, 5 s for a statement, and half a second more for
    /// the server to say that it has stopped the statement. A connection is also made to ask for that, and keeps a thread
    /// meanwhile. Of several hosts, which one is the primary is asked again every second.
    /// </summary>
    /// <remarks>
    /// The details of errors are left out, whatever the operator says: they are the values of the row, and end in logs and
    /// traces.
    /// </remarks>
    public static string Postgres(string connectionString) =>
        "Timeout=3;Command Timeout=5;Cancellation Timeout=500;Host Recheck Seconds=1;"
        + connectionString
        + ";Include Error Detail=false";
}
