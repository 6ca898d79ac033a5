namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Timeouts for the database. The defaults of the drivers, half a minute and more, are longer than any client waits, and
/// would keep requests and connections busy. The connection string takes precedence.
/// </summary>
internal static class DatabaseTimeouts
{
    /// <summary>The number of retries after a transient error.</summary>
    public const int MaxRetries = 3;

    /// <summary>
    /// The longest pause before a retry. All pauses together stay well below the two seconds in which a request must fail
    /// when the database is down.
    /// </summary>
    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait within this process for the write gate or for an audit chain.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>The timeout of one statement of a migration, which may build an index.</summary>
    public static readonly TimeSpan Migration = TimeSpan.FromHours(1);

    /// <summary>The timeout of one statement that reads or changes a whole table, which may have millions of rows.</summary>
    public static readonly TimeSpan WholeTable = TimeSpan.FromMinutes(10);
}
