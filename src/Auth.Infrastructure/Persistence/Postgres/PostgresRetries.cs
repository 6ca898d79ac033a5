using System.Net.Sockets;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Auth.Infrastructure.Persistence.Postgres;

/// <summary>
/// Retries transient errors, except timeouts: clients would wait several times as long, and an overloaded server would get
/// even more work.
/// </summary>
internal sealed class PostgresRetries(ExecutionStrategyDependencies dependencies)
    : NpgsqlRetryingExecutionStrategy(
        dependencies,
        DatabaseTimeouts.MaxRetries,
        DatabaseTimeouts.MaxRetryDelay,
        errorCodesToAdd: null
    )
{
    protected override bool ShouldRetryOn(Exception? exception) =>
        !TookTooLong(exception)
        && (base.ShouldRetryOn(exception) || (exception is not null && PostgresErrors.IsBrokenConnection(exception)));

    private static bool TookTooLong(Exception? exception) =>
        exception switch
        {
            null => false,
            TimeoutException or SocketException { SocketErrorCode: SocketError.TimedOut } => true,
            _ => TookTooLong(exception.InnerException),
        };
}
