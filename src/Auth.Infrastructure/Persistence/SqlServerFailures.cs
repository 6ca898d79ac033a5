using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Resources;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.SqlServer.Storage.Internal;

namespace Auth.Infrastructure.Persistence;

/// <summary>What SQL Server and its driver say when they cannot do what they are asked to.</summary>
internal static class SqlServerFailures
{
    /// <summary>The number of a command or connection that took too long.</summary>
    public const int TimeoutExpired = -2;

    // From 17 on it is the server that cannot: 17 to 19 are limits (memory 701, disk 1105, log 9002), from 20 on the
    // connection is over or was never made.
    private const int ServerErrors = 17;
    private const int ConnectionErrors = 20;

    // A read-only database (3906, 3908), and a replica that is not the primary.
    private static readonly HashSet<int> s_readOnly = [976, 978, 979, 981, 982, 983, 3906, 3908];

    // The database is not open (921 to 945), does not let the service in (4060, 18456) or is only being upgraded (18401),
    // the server is shutting down (6005, 6006), and a driver that waits no longer.
    private static readonly HashSet<int> s_unreachable =
    [
        TimeoutExpired,
        921,
        922,
        927,
        942,
        945,
        4060,
        6005,
        6006,
        18401,
        18456,
        40197,
        40613,
    ];

    // Names of objects at the most: a missing column or table, missing rights, a missing value, a foreign key.
    private static readonly HashSet<int> s_namesNoValues = [207, 208, 229, 230, 262, 515, 547, 2812];

    private static readonly Lazy<string?> s_poolExhausted = new(() =>
        new ResourceManager("Microsoft.Data.SqlClient.Resources.Strings", typeof(SqlConnection).Assembly).GetString(
            "ADP_PooledOpenTimeout",
            CultureInfo.CurrentUICulture
        )
    );

    /// <summary>Returns what is the matter; null if the failure is not an outage.</summary>
    public static DatabaseOutage? FindOutage(SqlException failure)
    {
        foreach (SqlError error in failure.Errors)
        {
            if (FindOutage(error) is { } outage)
            {
                return outage;
            }
        }

        return IsTransient(failure) ? DatabaseOutage.Overloaded : null;
    }

    /// <summary>
    /// Whether a failure says that all connections are in use. The driver throws the same type for its defects and for
    /// ours, and gives it no number: it is told by its text, in the language that the driver speaks.
    /// </summary>
    public static bool IsPoolExhausted(InvalidOperationException failure) => failure.Message == s_poolExhausted.Value;

    /// <summary>Returns the messages of the server and of the driver, but for those that may name values.</summary>
    public static string Describe(SqlException failure)
    {
        var isTransient = IsTransient(failure);
        return string.Join(' ', failure.Errors.Cast<SqlError>().Select(error => Describe(error, isTransient)));
    }

    private static DatabaseOutage? FindOutage(SqlError error) =>
        error.Number switch
        {
            var number when s_readOnly.Contains(number) => DatabaseOutage.ReadOnly,
            var number when s_unreachable.Contains(number) => DatabaseOutage.Unreachable,
            _ when error.Class >= ConnectionErrors => DatabaseOutage.Unreachable,
            _ when error.Class >= ServerErrors => DatabaseOutage.Overloaded,
            _ => null,
        };

    private static string Describe(SqlError error, bool isTransient) =>
        isTransient || FindOutage(error) is not null || s_namesNoValues.Contains(error.Number)
            ? string.Create(CultureInfo.InvariantCulture, $"{error.Message} ({error.Number})")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"SQL Server error {error.Number} (its text may name values and is left out)"
            );

    [SuppressMessage("Usage", "EF1001", Justification = "The numbers that EF Core tries again, and no others.")]
    private static bool IsTransient(SqlException failure) => SqlServerTransientExceptionDetector.ShouldRetryOn(failure);
}
