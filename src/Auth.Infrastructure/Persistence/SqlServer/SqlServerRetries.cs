using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Retries transient errors, except timeouts: clients would wait several times as long, and an overloaded server would get
/// even more work.
/// </summary>
internal sealed class SqlServerRetries(ExecutionStrategyDependencies dependencies)
    : SqlServerRetryingExecutionStrategy(
        dependencies,
        DatabaseTimeouts.MaxRetries,
        DatabaseTimeouts.MaxRetryDelay,
        errorNumbersToAdd: null
    )
{
    protected override bool ShouldRetryOn(Exception exception) =>
        exception is not SqlException { Number: SqlServerErrors.TimeoutExpired } && base.ShouldRetryOn(exception);
}
