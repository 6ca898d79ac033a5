using Auth.Domain.Common;
using Auth.Domain.Users;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SQLitePCL;

namespace Auth.Infrastructure.Persistence;

/// <summary>Turns what a database says about a broken rule into the contract's error: the one place that does.</summary>
internal static class DatabaseConflicts
{
    public const string PrimaryKeyOfUsers = "PK_Users";
    public const string UniqueEmail = "UX_Users_NormalizedEmail";
    public const string UniqueRoleName = "UX_Roles_Name";
    public const string UniqueKeyOrdinal = "UX_SigningKeys_Ordinal";
    public const string UniqueAuditSequence = "UX_AuditRecords_ChainId_Sequence";

    private const int SqlServerForeignKeyViolation = 547;
    private const int SqlServerUniqueIndexViolation = 2601;
    private const int SqlServerUniqueConstraintViolation = 2627;

    /// <summary>SQLite names the column of a unique index, the others name the index.</summary>
    private static readonly (string Index, string SqliteColumn, Error Error)[] UniqueRules =
    [
        (PrimaryKeyOfUsers, "Users.Id", CommonErrors.ConcurrentUpdate),
        (UniqueEmail, "Users.NormalizedEmail", UserErrors.EmailAlreadyRegistered),
        (UniqueRoleName, "Roles.Name", CommonErrors.ConcurrentUpdate),
        (UniqueKeyOrdinal, "SigningKeys.Ordinal", CommonErrors.ConcurrentUpdate),
        (UniqueAuditSequence, "AuditRecords.ChainId", CommonErrors.ConcurrentUpdate),
    ];

    /// <summary>The rule behind a failed save; null if the failure is something else.</summary>
    public static Error? FindError(DbUpdateException failure) =>
        failure switch
        {
            DbUpdateConcurrencyException => CommonErrors.ConcurrentUpdate,
            { InnerException: SqliteException sqlite } => FindError(sqlite),
            { InnerException: PostgresException postgres } => FindError(postgres),
            { InnerException: SqlException sqlServer } => FindError(sqlServer),
            _ => null,
        };

    // A row that is referred to, or refers to another, was deleted or added in the meantime: to be looked at again.
    private static Error? FindError(SqliteException exception) =>
        exception.SqliteExtendedErrorCode switch
        {
            raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY => Array
                .Find(UniqueRules, rule => exception.Message.Contains(rule.SqliteColumn, StringComparison.Ordinal))
                .Error,
            raw.SQLITE_CONSTRAINT_FOREIGNKEY => CommonErrors.ConcurrentUpdate,
            _ => null,
        };

    private static Error? FindError(PostgresException exception) =>
        exception.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => Array
                .Find(UniqueRules, rule => rule.Index == exception.ConstraintName)
                .Error,
            PostgresErrorCodes.ForeignKeyViolation => CommonErrors.ConcurrentUpdate,
            _ => null,
        };

    private static Error? FindError(SqlException exception) =>
        exception.Number switch
        {
            SqlServerUniqueIndexViolation or SqlServerUniqueConstraintViolation => Array
                .Find(UniqueRules, rule => exception.Message.Contains(rule.Index, StringComparison.Ordinal))
                .Error,
            SqlServerForeignKeyViolation => CommonErrors.ConcurrentUpdate,
            _ => null,
        };
}
