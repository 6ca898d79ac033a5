using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Tells outages of a database from defects of the service, and describes both without the values that a database may
/// name in its messages. Requests, health checks and diagnostics all ask here.
/// </summary>
internal static class DatabaseFailures
{
    /// <summary>Returns what is the matter with the database, judged by a failure and by everything that caused it.</summary>
    /// <returns>Null if the failure is not an outage.</returns>
    public static DatabaseOutage? FindOutage(Exception failure) =>
        failure switch
        {
            // EF Core considered it transient, whatever it is.
            RetryLimitExceededException => FindOutageInside(failure) ?? DatabaseOutage.Overloaded,
            SqliteException sqlite => SqliteFailures.FindOutage(sqlite),
            PostgresException postgres => PostgresFailures.FindOutage(postgres),
            NpgsqlException postgres => PostgresFailures.FindOutage(postgres),
            SqlException sqlServer => SqlServerFailures.FindOutage(sqlServer) ?? FindOutageInside(failure),
            InvalidOperationException pool when SqlServerFailures.IsPoolExhausted(pool) => DatabaseOutage.Overloaded,
            SocketException or EndOfStreamException => DatabaseOutage.Unreachable,
            NullReferenceException when PostgresFailures.IsBrokenConnection(failure) => DatabaseOutage.Unreachable,
            // Our own queues for writers and for chains of the audit log.
            TimeoutException => DatabaseOutage.Overloaded,
            _ => FindOutageInside(failure),
        };

    /// <summary>Describes a failure in the words of the database or its driver, without any value of a row.</summary>
    public static string Describe(Exception failure)
    {
        var text = FindDriverException(failure) switch
        {
            SqliteException sqlite => sqlite.Message,
            PostgresException postgres => PostgresFailures.Describe(postgres),
            NpgsqlException postgres => PostgresFailures.Describe(postgres),
            SqlException sqlServer => SqlServerFailures.Describe(sqlServer),
            _ when PostgresFailures.IsBrokenConnection(failure.GetBaseException()) => "The connection was broken.",
            _ => failure.GetBaseException().Message,
        };
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Returns what of a failure may be logged: itself, or what replaces it where its text may name values.</summary>
    public static Exception ForLog(Exception failure) =>
        FindDriverException(failure) is null ? failure : new DatabaseErrorException(failure);

    /// <summary>Finds the exception of the driver in a chain: the one that knows what has happened.</summary>
    public static DbException? FindDriverException(Exception failure) =>
        failure switch
        {
            DbException driver => driver,
            AggregateException several => several.InnerExceptions.Select(FindDriverException).FirstOrDefault(IsFound),
            { InnerException: { } cause } => FindDriverException(cause),
            _ => null,
        };

    private static DatabaseOutage? FindOutageInside(Exception failure) =>
        failure switch
        {
            AggregateException several => several.InnerExceptions.Select(FindOutage).FirstOrDefault(IsFound),
            { InnerException: { } cause } => FindOutage(cause),
            _ => null,
        };

    private static bool IsFound<T>(T? found) => found is not null;
}
