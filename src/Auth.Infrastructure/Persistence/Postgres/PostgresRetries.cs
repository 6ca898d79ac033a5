using System.Net.Sockets;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Auth.Infrastructure.Persistence.Postgres;

/// <summary>
/// Tries again what failed for a moment. Not what took too long: whoever waits for it would wait several times as long,
/// and a server that is at its limit would be given more to do.
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
