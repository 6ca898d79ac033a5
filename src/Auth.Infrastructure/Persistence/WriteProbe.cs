using System.Security.Cryptography;
using Auth.Domain.Lockout;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>Finds out whether the database can be written: writes a row and rolls it back.</summary>
/// <remarks>
/// The row has a random key, so that the probe locks nothing that anybody waits for, and waits for nobody. On PostgreSQL a
/// dead row stays until the next vacuum.
/// </remarks>
internal static class WriteProbe
{
    /// <summary>Writes a row and rolls it back; a connection that broke while nobody used it is replaced.</summary>
    /// <exception cref="Exception">The database cannot be written.</exception>
    public static async Task RunAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(FailureCount.KeyLength);
        await context
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                async stopped =>
                {
                    await using var transaction = await context.Database.BeginTransactionAsync(stopped);
                    await context.Database.ExecuteSqlAsync(
                        $"""
                        INSERT INTO "FailureCounts" ("Key", "UserId", "Failures", "Refusals", "LastFailureAt")
                        VALUES ({key}, NULL, 0, 0, '2000-01-01')
                        """,
                        stopped
                    );
                    await transaction.RollbackAsync(stopped);
                },
                cancellationToken
            );
    }
}
