using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>What EF Core itself writes to the log.</summary>
internal static class DatabaseLog
{
    /// <summary>
    /// Has EF Core leave failures to those who catch them. It logs each one as an error with a stack trace, before anybody
    /// can say whether it was expected: a lost race is decided by the database every day. And the text of an exception may
    /// name values, such as the e-mail address that is there already: those events are not logged at any level.
    /// </summary>
    public static DbContextOptionsBuilder LeaveFailuresToTheirHandlers(this DbContextOptionsBuilder context) =>
        context.ConfigureWarnings(warnings =>
            warnings
                .Ignore(
                    CoreEventId.SaveChangesFailed,
                    CoreEventId.QueryIterationFailed,
                    CoreEventId.ExecutionStrategyRetrying,
                    CoreEventId.OptimisticConcurrencyException,
                    RelationalEventId.TransactionError
                )
                .Log(
                    (RelationalEventId.CommandError, LogLevel.Debug),
                    (RelationalEventId.ConnectionError, LogLevel.Debug)
                )
        );
}
