using Npgsql;

namespace Auth.Infrastructure.Persistence.Postgres;

/// <summary>What PostgreSQL and its driver say when they cannot do what they are asked to.</summary>
internal static class PostgresErrors
{
    /// <summary>The class of errors whose texts quote what they were given, and that of texts made by triggers.</summary>
    private const string DataExceptions = "22";
    private const string RaisedExceptions = "P0";

    /// <summary>Classifies an answer of the server.</summary>
    public static DatabaseError Classify(PostgresException failure) =>
        new(KindOf(failure), Describe(failure)) { Explain = Explain(failure) };

    /// <summary>Classifies an exception of the driver.</summary>
    public static DatabaseError Classify(NpgsqlException failure) =>
        new(
            failure switch
            {
                // Two commands at once on one connection: a defect.
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
    /// Whether Npgsql failed over a connection that broke between two results of one command: its reader then uses what is
    /// no longer there (version 10.0).
    /// </summary>
    public static bool IsBrokenConnection(Exception failure) =>
        failure is NullReferenceException && failure.Source == typeof(NpgsqlConnection).Assembly.GetName().Name;

    private static DatabaseErrorKind KindOf(PostgresException failure) =>
        failure.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation
            or PostgresErrorCodes.ForeignKeyViolation
            // What ON DELETE RESTRICT says from PostgreSQL 18 on.
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
                // Waited too long for other transactions.
                _ => failure.IsTransient ? DatabaseErrorKind.Overloaded : DatabaseErrorKind.Unexpected,
            },
        };

    // Never the detail, which is made of the values of the row.
    private static string Describe(PostgresException failure) =>
        failure.SqlState[..2] is DataExceptions or RaisedExceptions
            ? $"PostgreSQL error {failure.SqlState} (its text may name values and is left out)"
            : $"{failure.SqlState}: {failure.MessageText}";

    private static Func<DatabaseTarget, DatabaseProblem>? Explain(PostgresException failure) =>
        failure.SqlState switch
        {
            PostgresErrorCodes.InvalidCatalogName => DatabaseProblem.MissingDatabase,
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                DatabaseProblem.WrongPassword(failure.MessageText),
            PostgresErrorCodes.InsufficientPrivilege => target =>
                new(
                    $"{target}: does not allow what is needed ({DatabaseError.OneLine(failure.MessageText)}).",
                    "Grant the rights: on the schema to the user that migrates, on its tables to the service."
                ),
            _ => null,
        };
}
