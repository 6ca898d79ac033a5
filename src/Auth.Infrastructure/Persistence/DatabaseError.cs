using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// The classification of a database exception, for retries, requests, health checks and diagnostics alike. Lost races are
/// recognized by the kind of the violated constraint, never by its name, so that new tables and indexes need no entry here.
/// </summary>
/// <param name="Kind">What the error means for the service.</param>
/// <param name="Description">The message of the database or its driver, without values of rows.</param>
internal sealed record DatabaseError(DatabaseErrorKind Kind, string Description)
{
    /// <summary>Explains a known configuration mistake; null if the kind says it all.</summary>
    public Func<DatabaseTarget, DatabaseProblem>? Explain { get; init; }

    /// <summary>Whether the database is unavailable or refuses to work.</summary>
    public bool IsOutage =>
        Kind is DatabaseErrorKind.Overloaded or DatabaseErrorKind.Unreachable or DatabaseErrorKind.ReadOnly;

    /// <summary>Classifies an exception and its inner exceptions.</summary>
    /// <returns>Null if it is not a database error.</returns>
    public static DatabaseError? From(Exception failure) =>
        failure switch
        {
            DatabaseErrorException replaced => From(replaced.Original),
            DbUpdateConcurrencyException => new(DatabaseErrorKind.LostRace, failure.Message),
            // EF Core considers the error transient.
            RetryLimitExceededException => FromCauses(failure) is { Kind: not DatabaseErrorKind.Unexpected } known
                ? known
                : new(DatabaseErrorKind.Overloaded, failure.GetBaseException().Message),
            SocketException or EndOfStreamException => new(DatabaseErrorKind.Unreachable, failure.Message),
            // A timeout of our own queues, for writers or for audit chains.
            TimeoutException => new(DatabaseErrorKind.Overloaded, failure.Message),
            _ => FromDriver(failure) switch
            {
                null => FromCauses(failure),
                { Kind: DatabaseErrorKind.Unexpected } unexpected => FromCauses(failure) ?? unexpected,
                var error => error,
            },
        };

    /// <summary>Whether an exception or one of its inner exceptions is a lost race.</summary>
    public static bool IsLostRace(Exception failure) => From(failure) is { Kind: DatabaseErrorKind.LostRace };

    /// <summary>Describes an exception in one line, without values of rows.</summary>
    public static string Describe(Exception failure) =>
        OneLine(From(failure)?.Description ?? failure.GetBaseException().Message);

    /// <summary>Returns an exception that is safe to log: a replacement if the original's text may contain values.</summary>
    public static Exception ForLog(Exception failure) =>
        IsFromDriver(failure) ? new DatabaseErrorException(failure) : failure;

    /// <summary>Whether an exception or one of its inner exceptions is the driver's.</summary>
    public static bool IsFromDriver(Exception failure) =>
        failure switch
        {
            DbException => true,
            AggregateException several => several.InnerExceptions.Any(IsFromDriver),
            { InnerException: { } cause } => IsFromDriver(cause),
            _ => false,
        };

    /// <summary>Joins the lines of a text.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static DatabaseError? FromDriver(Exception failure) =>
        DatabaseEngine.All.Select(engine => engine.Classify(failure)).FirstOrDefault(error => error is not null);

    private static DatabaseError? FromCauses(Exception failure) =>
        failure switch
        {
            AggregateException several => several
                .InnerExceptions.Select(From)
                .FirstOrDefault(error => error is { Kind: not DatabaseErrorKind.Unexpected }),
            { InnerException: { } cause } => From(cause),
            _ => null,
        };
}
