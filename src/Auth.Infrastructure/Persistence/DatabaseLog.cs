using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>What EF Core itself writes to the log.</summary>
internal static class DatabaseLog
{
    /// <summary>
    /// Has EF Core report failures at Debug only. It logs each one as an error with a stack trace, before anybody can say
    /// whether it was expected: a lost race is decided by the database every day. Whoever catches the exception knows, and
    /// logs it if it is worth it.
    /// </summary>
    public static DbContextOptionsBuilder LeaveFailuresToTheirHandlers(this DbContextOptionsBuilder context) =>
        context.ConfigureWarnings(warnings =>
            warnings.Log(
                (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                (CoreEventId.QueryIterationFailed, LogLevel.Debug),
                (RelationalEventId.CommandError, LogLevel.Debug),
                (RelationalEventId.ConnectionError, LogLevel.Debug),
                (RelationalEventId.TransactionError, LogLevel.Debug)
            )
        );
}
