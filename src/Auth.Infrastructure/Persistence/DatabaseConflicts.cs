using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SQLitePCL;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Recognizes a lost race: a write that the database refused because of what somebody else wrote since the data was read.
/// It is told by the kind of rule, never by its name, so that an index or a table added later needs no entry here.
/// </summary>
internal static class DatabaseConflicts
{
    private const int SqlServerForeignKeyViolation = 547;
    private const int SqlServerDeadlockVictim = 1205;
    private const int SqlServerDuplicateKeyInIndex = 2601;
    private const int SqlServerDuplicateKeyInConstraint = 2627;
    private const int SqlServerSnapshotUpdateConflict = 3960;

    /// <summary>Whether a failure, or what caused it, is a lost race.</summary>
    public static bool IsLostRace(Exception failure) =>
        failure switch
        {
            DbUpdateConcurrencyException => true,
            SqliteException sqlite => sqlite.SqliteExtendedErrorCode
                is raw.SQLITE_CONSTRAINT_UNIQUE
                    or raw.SQLITE_CONSTRAINT_PRIMARYKEY
                    or raw.SQLITE_CONSTRAINT_ROWID
                    or raw.SQLITE_CONSTRAINT_FOREIGNKEY
                    // How ON DELETE RESTRICT is carried out; there are no triggers of ours.
                    or raw.SQLITE_CONSTRAINT_TRIGGER,
            PostgresException postgres => postgres.SqlState
                is PostgresErrorCodes.UniqueViolation
                    or PostgresErrorCodes.ForeignKeyViolation
                    // What ON DELETE RESTRICT says from PostgreSQL 18 on.
                    or PostgresErrorCodes.RestrictViolation
                    or PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.DeadlockDetected,
            SqlException sqlServer => sqlServer.Number
                is SqlServerForeignKeyViolation
                    or SqlServerDeadlockVictim
                    or SqlServerDuplicateKeyInIndex
                    or SqlServerDuplicateKeyInConstraint
                    or SqlServerSnapshotUpdateConflict,
            _ => failure.InnerException is { } cause && IsLostRace(cause),
        };
}
