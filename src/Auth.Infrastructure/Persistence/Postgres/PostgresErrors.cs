using Npgsql;

namespace Auth.Infrastructure.Persistence.Postgres;

/// <summary>Classifies the errors of PostgreSQL and Npgsql.</summary>
internal static class PostgresErrors
{
    /// <summary>The classes of errors whose messages quote values (data exceptions), or come from triggers.</summary>
    private const string DataExceptions = "22";
    private const string RaisedExceptions = "P0";

    /// <summary>Classifies an error of the server.</summary>
    public static DatabaseError Classify(PostgresException failure) =>
        new(KindOf(failure), Describe(failure)) { Explain = Explain(failure) };

    /// <summary>Classifies an exception of the driver.</summary>
    public static DatabaseError Classify(NpgsqlException failure) =>
        new(
            failure switch
            {
                // Concurrent commands on one connection are a defect.
                NpgsqlOperationInProgressException => DatabaseErrorKind.Unexpected,
                _ when failure.Message.StartsWith("The connection pool has been exhausted", StringComparison.Ordinal) =>
                    DatabaseErrorKind.Overloaded,
                _ => DatabaseErrorKind.Unreachable,
            },
            failure.InnerException is { } cause && !failure.Message.Contains(cause.Message, StringComparison.Ordinal)
                ? $"{failure.Message}: {cause.Message}"
                : failure.Message
        );

    /// <summary>
    /// Whether the connection broke between two results of one command: Npgsql 10.0 then throws a
    /// <see cref="NullReferenceException"/>.
    /// </summary>
    public static bool IsBrokenConnection(Exception failure) =>
        failure is NullReferenceException && failure.Source == typeof(NpgsqlConnection).Assembly.GetName().Name;

    private static DatabaseErrorKind KindOf(PostgresException failure) =>
        failure.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation
            or PostgresErrorCodes.ForeignKeyViolation
            // ON DELETE RESTRICT from PostgreSQL 18 on.
            or PostgresErrorCodes.RestrictViolation
            or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected => DatabaseErrorKind.LostRace,
            PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseErrorKind.ReadOnly,
            PostgresErrorCodes.QueryCanceled => DatabaseErrorKind.Overloaded,
            PostgresErrorCodes.InvalidCatalogName => DatabaseErrorKind.Unreachable,
            var state => state[..2] switch
            {
                "08" or "28" or "57" or "58" => DatabaseErrorKind.Unreachable,
                "53" => DatabaseErrorKind.Overloaded,
                // Timed out waiting for other transactions.
                _ => failure.IsTransient ? DatabaseErrorKind.Overloaded : DatabaseErrorKind.Unexpected,
            },
        };

    // Never includes the detail, which contains values of the row.
    private static string Describe(PostgresException failure) =>
        failure.SqlState[..2] is DataExceptions or RaisedExceptions
            ? $"PostgreSQL error {failure.SqlState} (message omitted, because it may contain values)"
            : $"{failure.SqlState}: {failure.MessageText}";

    private static Func<DatabaseTarget, DatabaseProblem>? Explain(PostgresException failure) =>
        failure.SqlState switch
        {
            PostgresErrorCodes.InvalidCatalogName => DatabaseProblem.MissingDatabase,
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                DatabaseProblem.WrongPassword(failure.MessageText),
            PostgresErrorCodes.InsufficientPrivilege => target =>
                new(
                    $"{target}: insufficient permissions ({DatabaseError.OneLine(failure.MessageText)}).",
                    "Grant privileges on the schema to the user that migrates, and on its tables to the service."
                ),
            _ => null,
        };
}
