using System.Security.Cryptography;
using Auth.Domain.Lockout;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>Checks that the database can be written, by inserting a row and rolling it back.</summary>
/// <remarks>
/// The key of the row is random, so the probe blocks nobody and waits for nobody. On PostgreSQL a dead row remains until
/// the next vacuum.
/// </remarks>
internal static class WriteProbe
{
    /// <summary>Runs the probe; a connection that broke while idle is replaced.</summary>
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
