using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Resources;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.SqlServer.Storage.Internal;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>Classifies the errors of SQL Server and SqlClient.</summary>
internal static class SqlServerErrors
{
    /// <summary>A command or connection timed out.</summary>
    public const int TimeoutExpired = -2;

    /// <summary>The database does not exist, or the user has no access to it.</summary>
    public const int MissingDatabase = 4060;

    private const int LoginFailed = 18456;

    // From severity 17 on the server is at fault: 17 to 19 are limits (memory 701, disk 1105, log 9002), 20 and above end the
    // connection.
    private const int ServerErrors = 17;
    private const int ConnectionErrors = 20;

    // Foreign key (547), deadlock victim (1205), unique index or constraint (2601, 2627), snapshot isolation (3960).
    private static readonly HashSet<int> s_lostRaces = [547, 1205, 2601, 2627, 3960];

    // Certificate errors of the client libraries, on Windows and elsewhere.
    private static readonly HashSet<int> s_certificate = [-2146893019, -2146893022, -2146762487];

    // A read-only database (3906, 3908), and a replica that is not the primary.
    private static readonly HashSet<int> s_readOnly = [976, 978, 979, 981, 982, 983, 3906, 3908];

    // The database is not open (921 to 945), denies access (4060, 18456) or is being upgraded (18401), the server is shutting
    // down (6005, 6006), and driver timeouts.
    private static readonly HashSet<int> s_unreachable =
    [
        TimeoutExpired,
        921,
        922,
        927,
        942,
        945,
        MissingDatabase,
        6005,
        6006,
        18401,
        LoginFailed,
        40197,
        40613,
    ];

    // Messages that contain at most names of objects: missing column or table, permissions, NULL, foreign key.
    private static readonly HashSet<int> s_namesNoValues = [207, 208, 229, 230, 262, 515, 547, 2812];

    private static readonly Lazy<string?> s_poolExhausted = new(() =>
        new ResourceManager("Microsoft.Data.SqlClient.Resources.Strings", typeof(SqlConnection).Assembly).GetString(
            "ADP_PooledOpenTimeout",
            CultureInfo.CurrentUICulture
        )
    );

    /// <summary>Classifies an exception of the driver.</summary>
    public static DatabaseError Classify(SqlException failure) =>
        new(KindOf(failure), Describe(failure)) { Explain = Explain(failure) };

    /// <summary>
    /// Whether all connections are in use. The driver throws the same type for defects and gives it no number, so it is
    /// recognized by its localized message.
    /// </summary>
    public static bool IsPoolExhausted(InvalidOperationException failure) => failure.Message == s_poolExhausted.Value;

    private static DatabaseErrorKind KindOf(SqlException failure)
    {
        if (s_lostRaces.Contains(failure.Number))
        {
            return DatabaseErrorKind.LostRace;
        }

        var kind = failure.Errors.Cast<SqlError>().Select(KindOf).FirstOrDefault(kind => kind != default);
        return kind == default && IsTransient(failure) ? DatabaseErrorKind.Overloaded : kind;
    }

    private static DatabaseErrorKind KindOf(SqlError error) =>
        error.Number switch
        {
            var number when s_readOnly.Contains(number) => DatabaseErrorKind.ReadOnly,
            var number when s_unreachable.Contains(number) => DatabaseErrorKind.Unreachable,
            _ when error.Class >= ConnectionErrors => DatabaseErrorKind.Unreachable,
            _ when error.Class >= ServerErrors => DatabaseErrorKind.Overloaded,
            _ => default,
        };

    // Messages of the server and the driver, except those that may contain values.
    private static string Describe(SqlException failure)
    {
        var isTransient = IsTransient(failure);
        return string.Join(' ', failure.Errors.Cast<SqlError>().Select(error => Describe(error, isTransient)));
    }

    private static string Describe(SqlError error, bool isTransient) =>
        isTransient || KindOf(error) != default || s_namesNoValues.Contains(error.Number)
            ? string.Create(CultureInfo.InvariantCulture, $"{error.Message} ({error.Number})")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"SQL Server error {error.Number} (message omitted, because it may contain values)"
            );

    private static Func<DatabaseTarget, DatabaseProblem>? Explain(SqlException failure) =>
        failure.Number switch
        {
            MissingDatabase => DatabaseProblem.MissingDatabase,
            LoginFailed => DatabaseProblem.WrongPassword(failure.Errors[0].Message),
            var number when s_certificate.Contains(number) || failure.Message.Contains("certificate") => target =>
                new(
                    $"{target}: the server's certificate is not trusted.",
                    "Trust the issuing authority on this machine; for a local server of your own,"
                        + $" TrustServerCertificate=true in {DatabaseProblem.Connection} will do."
                ),
            _ => null,
        };

    [SuppressMessage("Usage", "EF1001", Justification = "Exactly the errors that EF Core retries.")]
    private static bool IsTransient(SqlException failure) => SqlServerTransientExceptionDetector.ShouldRetryOn(failure);
}
