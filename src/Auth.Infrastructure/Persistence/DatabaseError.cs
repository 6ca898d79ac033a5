using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// What an exception says about the database: the one place that reads them, for retries, requests, health checks and
/// diagnostics alike. Lost races are recognized by the kind of rule that was broken, never by its name, so that an index
/// or a table added later needs no entry here.
/// </summary>
/// <param name="Kind">What it means for the service.</param>
/// <param name="Description">The words of the database or its driver, without any value of a row.</param>
internal sealed record DatabaseError(DatabaseErrorKind Kind, string Description)
{
    /// <summary>Explains a known mistake of the operator; null where the kind is all there is to say.</summary>
    public Func<DatabaseTarget, DatabaseProblem>? Explain { get; init; }

    /// <summary>Whether the database does not do what it is asked to, and the service is not to blame.</summary>
    public bool IsOutage =>
        Kind is DatabaseErrorKind.Overloaded or DatabaseErrorKind.Unreachable or DatabaseErrorKind.ReadOnly;

    /// <summary>Classifies an exception by itself and by everything that caused it.</summary>
    /// <returns>Null if the database has nothing to do with it.</returns>
    public static DatabaseError? From(Exception failure) =>
        failure switch
        {
            DatabaseErrorException replaced => From(replaced.Original),
            DbUpdateConcurrencyException => new(DatabaseErrorKind.LostRace, failure.Message),
            // EF Core considered it transient, whatever it is.
            RetryLimitExceededException => FromCauses(failure) is { Kind: not DatabaseErrorKind.Unexpected } known
                ? known
                : new(DatabaseErrorKind.Overloaded, failure.GetBaseException().Message),
            SocketException or EndOfStreamException => new(DatabaseErrorKind.Unreachable, failure.Message),
            // Our own queues for writers and for the audit log.
            TimeoutException => new(DatabaseErrorKind.Overloaded, failure.Message),
            _ => FromDriver(failure) switch
            {
                null => FromCauses(failure),
                { Kind: DatabaseErrorKind.Unexpected } unexpected => FromCauses(failure) ?? unexpected,
                var error => error,
            },
        };

    /// <summary>Whether an exception, or what caused it, is a lost race.</summary>
    public static bool IsLostRace(Exception failure) => From(failure) is { Kind: DatabaseErrorKind.LostRace };

    /// <summary>Describes an exception without any value of a row, in one line.</summary>
    public static string Describe(Exception failure) =>
        OneLine(From(failure)?.Description ?? failure.GetBaseException().Message);

    /// <summary>Returns what of an exception may be logged: itself, or what replaces it where its text may name values.</summary>
    public static Exception ForLog(Exception failure) =>
        IsFromDriver(failure) ? new DatabaseErrorException(failure) : failure;

    /// <summary>Whether an exception of a driver is, or caused, an exception.</summary>
    public static bool IsFromDriver(Exception failure) =>
        failure switch
        {
            DbException => true,
            AggregateException several => several.InnerExceptions.Any(IsFromDriver),
            { InnerException: { } cause } => IsFromDriver(cause),
            _ => false,
        };

    /// <summary>Makes one line of a text.</summary>
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
