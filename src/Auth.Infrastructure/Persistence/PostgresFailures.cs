using Npgsql;

namespace Auth.Infrastructure.Persistence;

/// <summary>What PostgreSQL and its driver say when they cannot do what they are asked to.</summary>
internal static class PostgresFailures
{
    /// <summary>The class of errors whose texts quote what they were given, and that of texts made by triggers.</summary>
    private const string DataExceptions = "22";
    private const string RaisedExceptions = "P0";

    /// <summary>Returns what is the matter according to the server; null if the failure is not an outage.</summary>
    public static DatabaseOutage? FindOutage(PostgresException failure) =>
        failure.SqlState switch
        {
            PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseOutage.ReadOnly,
            PostgresErrorCodes.QueryCanceled => DatabaseOutage.Overloaded,
            PostgresErrorCodes.InvalidCatalogName => DatabaseOutage.Unreachable,
            var state => state[..2] switch
            {
                "08" or "28" or "57" or "58" => DatabaseOutage.Unreachable,
                "53" => DatabaseOutage.Overloaded,
                // Lost to other transactions as often as it was tried, or waited too long for them.
                _ => failure.IsTransient ? DatabaseOutage.Overloaded : null,
            },
        };

    /// <summary>Returns what is the matter according to the driver; null if the failure is not an outage.</summary>
    public static DatabaseOutage? FindOutage(NpgsqlException failure) =>
        failure switch
        {
            NpgsqlOperationInProgressException => null, // two commands at once on one connection: a defect
            _ when failure.Message.StartsWith("The connection pool has been exhausted", StringComparison.Ordinal) =>
                DatabaseOutage.Overloaded,
            _ => DatabaseOutage.Unreachable,
        };

    /// <summary>
    /// Whether Npgsql failed over a connection that broke between two results of one command: its reader then uses what is
    /// no longer there (version 10.0).
    /// </summary>
    public static bool IsBrokenConnection(Exception failure) =>
        failure is NullReferenceException && failure.Source == typeof(NpgsqlConnection).Assembly.GetName().Name;

    /// <summary>Returns the message of the server without any value; never its detail, which is made of them.</summary>
    public static string Describe(PostgresException failure) =>
        failure.SqlState[..2] is DataExceptions or RaisedExceptions
            ? $"PostgreSQL error {failure.SqlState} (its text may name values and is left out)"
            : $"{failure.SqlState}: {failure.MessageText}";

    /// <summary>Returns the message of the driver, and of what caused it.</summary>
    public static string Describe(NpgsqlException failure) =>
        failure.InnerException is { } cause && !failure.Message.Contains(cause.Message, StringComparison.Ordinal)
            ? $"{failure.Message}: {cause.Message}"
            : failure.Message;
}
