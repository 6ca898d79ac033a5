using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Auth.Infrastructure.Persistence.Sqlite;

/// <summary>Classifies the errors of SQLite.</summary>
internal static class SqliteErrors
{
    private const int PrimaryCode = 0xFF;

    /// <summary>Classifies an exception of the driver.</summary>
    public static DatabaseError Classify(SqliteException failure) =>
        new(IsLostRace(failure) ? DatabaseErrorKind.LostRace : KindOf(failure), failure.Message)
        {
            Explain = Explain(failure.SqliteErrorCode),
        };

    private static bool IsLostRace(SqliteException failure) =>
        failure.SqliteExtendedErrorCode
            is raw.SQLITE_CONSTRAINT_UNIQUE
                or raw.SQLITE_CONSTRAINT_PRIMARYKEY
                or raw.SQLITE_CONSTRAINT_ROWID
                or raw.SQLITE_CONSTRAINT_FOREIGNKEY
                // How SQLite reports ON DELETE RESTRICT; we have no triggers.
                or raw.SQLITE_CONSTRAINT_TRIGGER;

    private static DatabaseErrorKind KindOf(SqliteException failure) =>
        (failure.SqliteErrorCode & PrimaryCode) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_NOMEM => DatabaseErrorKind.Overloaded,
            raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN => DatabaseErrorKind.Unreachable,
            raw.SQLITE_READONLY or raw.SQLITE_PERM => DatabaseErrorKind.ReadOnly,
            _ => DatabaseErrorKind.Unexpected,
        };

    private static Func<DatabaseTarget, DatabaseProblem>? Explain(int code) =>
        code switch
        {
            raw.SQLITE_CANTOPEN => target =>
                new(
                    $"{target} cannot be opened.",
                    $"Check that its folder exists and that user {Environment.UserName} can write to it, or name another file"
                        + $" in {DatabaseProblem.Connection}."
                ),
            raw.SQLITE_READONLY or raw.SQLITE_PERM => target =>
                new(
                    $"{target} is read-only.",
                    $"Check that user {Environment.UserName} can write to the file and its folder."
                ),
            raw.SQLITE_NOTADB => target =>
                new(
                    $"{target} is not a SQLite database.",
                    $"Name another file in {DatabaseProblem.Connection}; or restore the database from a backup."
                ),
            raw.SQLITE_CORRUPT => target =>
                new($"{target} is damaged.", "Stop the service and restore the database from a backup."),
            raw.SQLITE_FULL => target => new($"The disk of {target} is full.", "Free some space."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => target =>
                new(
                    $"{target} is locked by another process.",
                    "Find the process (fuser FILE), and wait for it or stop it."
                ),
            _ => null,
        };
}
