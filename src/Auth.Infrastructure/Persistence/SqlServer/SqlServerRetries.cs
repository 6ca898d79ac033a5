using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Tries again what failed for a moment. Not what took too long: clients would wait several times as long, and a server
/// that is at its limit would be given more to do.
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
