using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Auth.Infrastructure.Persistence;

/// <summary>Why a database cannot be used, for whoever runs the service.</summary>
/// <param name="Text">What is wrong, in one line without a password.</param>
/// <param name="Remedy">How to mend it, in one line.</param>
public sealed record DatabaseProblem(string Text, string Remedy)
{
    private const string Connection = "ConnectionStrings:Auth";
    private const int SqlServerMissingDatabase = 4060;
    private const int SqlServerLoginFailed = 18456;

    // What the client libraries for certificates say, on Windows and elsewhere.
    private static readonly HashSet<int> s_sqlServerCertificate = [-2146893019, -2146893022, -2146762487];

    /// <summary>Finds out whether the database is to blame for a failure, and says why.</summary>
    /// <returns>The problem; null if the failure is none of the database.</returns>
    public static DatabaseProblem? Find(Exception failure, DatabaseOptions options)
    {
        if (DatabaseTarget.Find(options.Provider, options.ConnectionString) is not { } target)
        {
            return null;
        }

        if (failure is DatabaseErrorException { Original: var original })
        {
            failure = original;
        }

        var driver = DatabaseFailures.FindDriverException(failure);
        var known = driver switch
        {
            SqliteException sqlite => Of(sqlite, target),
            PostgresException postgres => Of(postgres, target),
            SqlException sqlServer => Of(sqlServer, target),
            _ => null,
        };
        return known
            ?? DatabaseFailures.FindOutage(failure) switch
            {
                DatabaseOutage.ReadOnly => RefusesToWrite(target, failure),
                DatabaseOutage.Overloaded => IsAtItsLimit(target, failure),
                DatabaseOutage.Unreachable => DoesNotAnswer(target, failure),
                _ => driver is null ? null : ReportsAnError(target, failure),
            };
    }

    /// <summary>Whether a failure says that the server is there, and the database on it is not.</summary>
    internal static bool IsMissingDatabase(DbException failure) =>
        failure
            is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName }
                or SqlException { Number: SqlServerMissingDatabase };

    private static DatabaseProblem? Of(SqliteException failure, DatabaseTarget target) =>
        failure.SqliteErrorCode switch
        {
            raw.SQLITE_CANTOPEN => new(
                $"{target} cannot be opened.",
                $"See that its folder exists and that user {Environment.UserName} may write there, or name another file"
                    + $" in {Connection}."
            ),
            raw.SQLITE_READONLY or raw.SQLITE_PERM => new(
                $"{target} cannot be written.",
                $"See that user {Environment.UserName} may write the file and its folder."
            ),
            raw.SQLITE_NOTADB => new(
                $"{target} is no SQLite database.",
                $"Name another file in {Connection}; or restore the database from a backup."
            ),
            raw.SQLITE_CORRUPT => new(
                $"{target} is damaged.",
                "Stop the service and restore the database from a backup."
            ),
            raw.SQLITE_FULL => new($"The disk of {target} is full.", "Make room on it."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(
                $"{target} is locked by another process.",
                "Find out which (fuser FILE), and wait for it or end it."
            ),
            _ => null,
        };

    private static DatabaseProblem? Of(PostgresException failure, DatabaseTarget target) =>
        failure.SqlState switch
        {
            PostgresErrorCodes.InvalidCatalogName => MissingDatabase(target),
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => WrongPassword(
                target,
                failure.MessageText
            ),
            PostgresErrorCodes.InsufficientPrivilege => new(
                $"{target}: does not allow what is needed ({OneLine(failure.MessageText)}).",
                "Grant the user the rights: the schema to whoever migrates, its tables to the service."
            ),
            _ => null,
        };

    private static DatabaseProblem? Of(SqlException failure, DatabaseTarget target) =>
        failure.Number switch
        {
            SqlServerMissingDatabase => MissingDatabase(target),
            SqlServerLoginFailed => WrongPassword(target, failure.Errors[0].Message),
            var number when s_sqlServerCertificate.Contains(number) || failure.Message.Contains("certificate") => new(
                $"The certificate of {target} is not trusted.",
                "Have the machine trust the authority that signed it; for a server of your own on this machine"
                    + $" TrustServerCertificate=true in {Connection} will do."
            ),
            _ => null,
        };

    private static DatabaseProblem DoesNotAnswer(DatabaseTarget target, Exception failure) =>
        new(
            $"{target}: does not answer ({Describe(failure)}).",
            $"Check that the server is running and can be reached from here, and that {Connection} names its host and port."
        );

    private static DatabaseProblem RefusesToWrite(DatabaseTarget target, Exception failure) =>
        new(
            $"{target}: refuses to write ({Describe(failure)}).",
            $"Name the primary in {Connection}, or make the database writable."
        );

    private static DatabaseProblem IsAtItsLimit(DatabaseTarget target, Exception failure) =>
        new(
            $"{target}: is at its limit ({Describe(failure)}).",
            "Check connections, memory, disk and locks of the server; its log says more."
        );

    private static DatabaseProblem ReportsAnError(DatabaseTarget target, Exception failure) =>
        new($"{target}: reports an error ({Describe(failure)}).", "See the log of the database.");

    private static DatabaseProblem MissingDatabase(DatabaseTarget target) =>
        new(
            $"{target}: there is no such database, or the user may not see it.",
            $"Run dotnet Auth.Api.dll migrate, which makes it if the user may; or create it; or correct its name in {Connection}."
        );

    private static DatabaseProblem WrongPassword(DatabaseTarget target, string message) =>
        new($"{target}: refuses the user ({OneLine(message)}).", $"Correct user name and password in {Connection}.");

    private static string Describe(Exception failure) => DatabaseFailures.Describe(failure).TrimEnd('.');

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
