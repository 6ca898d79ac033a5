namespace Auth.Infrastructure.Persistence;

/// <summary>
/// How long to wait for a database. The drivers wait for half a minute and more, which is longer than any client waits for
/// an answer, and keeps requests and connections busy meanwhile. What the connection string says goes before.
/// </summary>
internal static class DatabaseTimeouts
{
    /// <summary>How often something is tried again that failed for a moment.</summary>
    public const int MaxRetries = 3;

    /// <summary>
    /// The longest pause before a retry. All of them together are well below the two seconds within which a request is to
    /// be refused when the database is away.
    /// </summary>
    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait within this process for the right to write, or for a chain of the audit log.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait for one statement of a migration, which may have to build an index.</summary>
    public static readonly TimeSpan Migration = TimeSpan.FromHours(1);

    /// <summary>The longest wait for one statement that reads or changes a whole table, which may have millions of rows.</summary>
    public static readonly TimeSpan WholeTable = TimeSpan.FromMinutes(10);
}
