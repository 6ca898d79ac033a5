using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Persistence;

/// <summary>Configures what EF Core writes to the log.</summary>
internal static class DatabaseLog
{
    /// <summary>
    /// Suppresses EF Core's own log events for failures. It logs each one as an error with a stack trace, even an expected one
    /// such as a lost race, and the exception's message may contain values such as a duplicate e-mail address. Failures are
    /// logged where they are handled.
    /// </summary>
    public static DbContextOptionsBuilder IgnoreFailureEvents(this DbContextOptionsBuilder context) =>
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
